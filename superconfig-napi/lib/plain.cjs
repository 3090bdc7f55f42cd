'use strict';
// What the program gives, as a copy of nothing but what the native half reads.

/** As deep as documents may be. */
const DEEPEST = 128;
const LARGEST = 2n ** 127n - 1n;

const isPlain = (object) => {
  const prototype = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** A copy of `value`; what it cannot hold is a `TypeError` that names `what` and the path. */
function plain(value, what) {
  return copy(value, { what, path: [], above: [] });
}

function copy(value, at) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'undefined':
      return value;
    case 'bigint':
      if (value > LARGEST || value < -LARGEST) {
        throw new RangeError(`${named(at)} has more than 128 bits`);
      }
      return value;
    case 'object':
      return value === null ? null : copyObject(value, at);
    default:
      throw new TypeError(`${named(at)} is a ${typeof value}, which no configuration holds`);
  }
}

function copyObject(object, at) {
  if (at.above.includes(object)) {
    throw new TypeError(`${named(at)} is a cycle: it holds itself`);
  }
  if (at.above.length >= DEEPEST) {
    throw new RangeError(`${named({ ...at, path: at.path.slice(0, 3) })} is deeper than ${DEEPEST} levels`);
  }
  at.above.push(object);
  const result = copyParts(object, at);
  at.above.pop();
  return result;
}

function copyParts(object, at) {
  const part = (key, value) => {
    at.path.push(key);
    const result = copy(value, at);
    at.path.pop();
    return result;
  };
  if (Array.isArray(object) || object instanceof Set) {
    return Array.from(object, (item, index) => part(index, item) ?? null);
  }
  if (typeof object.toJSON === 'function') {
    return copy(object.toJSON(), at);
  }
  if (!isPlain(object) && !(object instanceof Map)) {
    const name = object.constructor?.name ?? 'another class';
    throw new TypeError(`${named(at)} is an object of ${name}; give a plain object, a Map or something with toJSON`);
  }
  // Without a prototype `__proto__` is a key like any other.
  const table = Object.create(null);
  for (const [key, value] of object instanceof Map ? object : Object.entries(object)) {
    if (typeof key !== 'string') {
      throw new TypeError(`${named(at)} is a Map with a key that is no string`);
    }
    const result = part(key, value);
    if (result !== undefined) {
      table[key] = result;
    }
  }
  return table;
}

function named({ what, path }) {
  return path.length === 0 ? what : `${what}: \`${path.join('.')}\``;
}

/** A copy of plain values as they stand in JSON, which has no big integers, `NaN` or infinities. */
function json(value) {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) {
    return String(value).replace('Infinity', 'inf');
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(json);
  }
  const table = {};
  for (const [key, part] of Object.entries(value)) {
    define(table, key, json(part));
  }
  return table;
}

/** Sets a property, also one called `__proto__`. */
function define(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

module.exports = { plain, json };
