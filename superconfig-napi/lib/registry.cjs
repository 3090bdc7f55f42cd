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
