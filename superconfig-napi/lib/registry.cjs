'use strict';
// Registries: which handles there are.

const { ConfigBuilder, table } = require('./builder.cjs');
const { thrown } = require('./error.cjs');
const { ConfigHandle, key } = require('./handle.cjs');
const native = require('./native.cjs');
const { decode } = require('./values.cjs');

class ConfigRegistry {
  #native;

  constructor() {
    this.#native = native.registry(true);
  }

  static #shared() {
    const registry = new ConfigRegistry();
    registry.#native = native.registry(false);
    return registry;
  }

  /** The registry of all handles that are not made by another. */
  static global = ConfigRegistry.#shared();

  createConfig(values) {
    if (values === undefined) {
      return new ConfigBuilder(this.#native);
    }
    try {
      return new ConfigHandle(key, native.insert(table(values, 'createConfig'), this.#native));
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
}

module.exports = { ConfigRegistry };
