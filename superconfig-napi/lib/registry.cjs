'use strict';
// Registries: which handles there are.

const { inspect } = require('node:util');
const { ConfigBuilder } = require('./builder.cjs');
const check = require('./check.cjs');
const { thrown } = require('./error.cjs');
const { ConfigHandle } = require('./handle.cjs');
const native = require('./native.cjs');
const { packed, table } = require('./plain.cjs');
const { decode } = require('./values.cjs');

class ConfigRegistry {
  #native;

  /** A registry of its own, unless this package says another. */
  constructor(given, registry = native.registry(true)) {
    if (given !== undefined) {
      check.made(given, 'a ConfigRegistry takes nothing');
    }
    this.#native = registry;
  }

  /** The registry of all handles that are not made by another. */
  static global = new ConfigRegistry(check.key, native.registry(false));

  createConfig(values) {
    if (values === undefined) {
      return new ConfigBuilder(check.key, this.#native);
    }
    const { value, exact } = table(values, 'createConfig');
    try {
      return new ConfigHandle(check.key, native.insert(packed(value, exact), this.#native));
    } catch (error) {
      throw thrown(error, this.createConfig);
    }
  }

  get(id) {
    return this.#asked(native.get, id, this.get);
  }

  has(id) {
    return native.has(this.#native, check.id(id));
  }

  remove(id) {
    return this.#asked(native.remove, id, this.remove);
  }

  #asked(ask, id, caller) {
    try {
      return new ConfigHandle(check.key, ask(this.#native, check.id(id)));
    } catch (error) {
      throw thrown(error, caller);
    }
  }

  lease(id) {
    try {
      native.lease(this.#native, check.id(id));
    } catch (error) {
      throw thrown(error, this.lease);
    }
  }

  expireAfter(milliseconds) {
    native.expireAfter(this.#native, check.milliseconds(milliseconds, 'the idle time'));
  }

  sweep() {
    return native.sweep(this.#native);
  }

  stats() {
    return decode(native.stats(this.#native));
  }

  clearCache() {
    native.clearCache(this.#native);
  }

  [inspect.custom](depth, options) {
    return `ConfigRegistry ${inspect({ handles: this.stats().totalHandles }, { ...options, depth })}`;
  }
}

module.exports = { ConfigRegistry };
