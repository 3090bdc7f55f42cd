'use strict';
// What a reload changed.

const { inspect } = require('node:util');
const check = require('./check.cjs');
const { Origin } = require('./error.cjs');
const native = require('./native.cjs');
const { json } = require('./plain.cjs');
const { decode, frozen } = require('./values.cjs');

class ConfigChange {
  #native;
  #changed;
  #value;
  #oldValue;

  constructor(given, change) {
    check.made(given, 'a ConfigChange comes from reload(), changes() or a listener');
    this.#native = change;
  }

  get generation() {
    return native.changeGeneration(this.#native);
  }

  get changed() {
    const origins = (all) => Object.freeze(all.map((origin) => new Origin(origin)));
    this.#changed ??= Object.freeze(
      decode(native.changeChanged(this.#native)).map(({ oldOrigins, newOrigins, ...changed }) =>
        Object.freeze({ ...changed, oldOrigins: origins(oldOrigins), newOrigins: origins(newOrigins) }),
      ),
    );
    return this.#changed;
  }

  get value() {
    return (this.#value ??= frozen(native.changeValue(this.#native, false)));
  }

  get oldValue() {
    return (this.#oldValue ??= frozen(native.changeValue(this.#native, true)));
  }

  touches(pattern) {
    return native.changeTouches(this.#native, check.string(pattern, 'the pattern'));
  }

  toString() {
    return native.changeText(this.#native);
  }

  toJSON() {
    return { generation: this.generation, changed: json(this.changed) };
  }

  [inspect.custom](depth, options) {
    const { generation, changed } = this;
    return `ConfigChange ${inspect({ generation, changed }, { ...options, depth })}`;
  }
}

module.exports = { ConfigChange };
