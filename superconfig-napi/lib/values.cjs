'use strict';
// Values that the native half tells: a text of JSON, and where there are big integers, `NaN` or infinities, a second one
// that says where.

function decode(told) {
  if (typeof told === 'string') {
    return JSON.parse(told);
  }
  const [value, special] = told.map((text) => JSON.parse(text));
  for (const [path, text] of special) {
    const last = path.pop();
    // All on the way are own properties, `__proto__` too.
    const table = path.reduce((at, step) => at[step], value);
    table[last] = text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text);
  }
  return value;
}

function freeze(value) {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) {
      freeze(part);
    }
  }
  return Object.freeze(value);
}

/** The same, frozen in depth. */
const frozen = (told) => freeze(decode(told));

module.exports = { decode, frozen };
