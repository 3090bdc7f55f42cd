'use strict';
// Who had a say of a setting.

const { inspect } = require('node:util');
const check = require('./check.cjs');
const { Origin } = require('./error.cjs');
const { json } = require('./plain.cjs');
const { frozen } = require('./values.cjs');

/** The same with origins as others are. */
function located({ origin, by, ...rest }) {
  return Object.freeze({
    ...rest,
    ...(origin === undefined ? {} : { origin: new Origin(origin) }),
    ...(by === undefined ? {} : { by: new Origin(by) }),
  });
}

/** Every source that had a say of a setting. As a string, and to those who print it, the text for people. */
class Explanation {
  #text;

  constructor(given, told) {
    check.made(given, 'an Explanation comes from explain()');
    const { text, statements, parts, ...rest } = frozen(told);
    this.#text = text;
    Object.assign(this, located(rest), {
      statements: Object.freeze(statements.map(located)),
      parts: Object.freeze(parts.map(located)),
    });
    Object.freeze(this);
  }

  toString() {
    return this.#text;
  }

  toJSON() {
    return json({ ...this });
  }

  [inspect.custom]() {
    return this.#text;
  }
}

module.exports = { Explanation };
