'use strict';
// What the program gives, as a copy of nothing but what the native half reads.

const check = require('./check.cjs');

/** As deep as documents may be. */
const DEEPEST = 128;
/** As deep as any reader of JSON goes. */
const DEEPEST_JSON = 100;
const LARGEST = 2n ** 127n - 1n;

/** What has this is a configuration: its values are given, not what it shows. */
const values = Symbol('values');

const isPlain = (object) => {
  const prototype = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * A copy of `value`, and whether JSON has all that is in it as it is; what no configuration holds is a `TypeError` that
 * names `what` and the path.
 */
function plain(value, what) {
  const at = { what, path: [], above: [], exact: true };
  const copied = copy(value, at);
  return { value: copied, exact: at.exact };
}

/** The same for values that are a table. */
function table(given, what) {
  const copied = plain(given, what);
  if (typeof copied.value !== 'object' || copied.value === null || Array.isArray(copied.value)) {
    throw check.wrong(`what ${what} is given`, 'an object', given);
  }
  return copied;
}

/** Plain values for the native half: a text of JSON, which it reads quickly, or where that would not be exact, as they are. */
function packed(value, exact) {
  if (!exact) {
    return value;
  }
  const text = JSON.stringify(value);
  // So begins half of a character, which is none in JSON.
  return text.includes('\\ud') ? value : text;
}

function copy(value, at) {
  switch (typeof value) {
    case 'number':
      // Large ones would be integers.
      at.exact &&= Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
      return value;
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
      if (value > LARGEST || value < -LARGEST) {
        throw check.rangeError(`${named(at)} has more than 128 bits`);
      }
      at.exact = false;
      return value;
    case 'object':
      return value === null ? null : copyObject(value, at);
    default:
      throw check.typeError(`${named(at)} is a ${typeof value}, which no configuration holds`);
  }
}

function copyObject(object, at) {
  if (at.above.includes(object)) {
    throw check.typeError(`${named(at)} is a cycle: it holds itself`);
  }
  if (at.above.length >= DEEPEST) {
    throw check.rangeError(`${named({ ...at, path: at.path.slice(0, 3) })} is deeper than ${DEEPEST} levels`);
  }
  at.exact &&= at.above.length < DEEPEST_JSON;
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
  const configured = object[values];
  if (configured !== undefined) {
    return copy(configured, at);
  }
  if (typeof object.toJSON === 'function' && !ArrayBuffer.isView(object)) {
    return copy(object.toJSON(), at);
  }
  const isMap = object instanceof Map;
  if (!isMap && !isPlain(object)) {
    const name = object.constructor?.name;
    const class_ = name && name !== 'Object' ? `an object of ${name}` : 'an object with a prototype of its own';
    throw check.typeError(`${named(at)} is ${class_}; give a plain object, a Map or something with toJSON`);
  }
  // Without a prototype `__proto__` is a key like any other.
  const table = Object.create(null);
  for (const [key, value] of isMap ? object : Object.entries(object)) {
    if (typeof key !== 'string') {
      throw check.typeError(`${named(at)} is a Map with a key that is no string`);
    }
    const result = part(key, value);
    if (result !== undefined) {
      table[key] = result;
    }
  }
  return table;
}

/** What a message calls the place. */
function named({ what, path }) {
  return path.length === 0 ? `what ${what} is given` : `${what}: \`${written(path)}\``;
}

/** A path as everywhere in SuperConfig. */
function written(path) {
  const step = (key, index) => {
    if (typeof key === 'number') {
      return `[${key}]`;
    }
    const bare = key !== '' && !/[.[\]"\\\s\p{Cc}]/u.test(key);
    return (index > 0 ? '.' : '') + (bare ? key : JSON.stringify(key));
  };
  return path.map(step).join('');
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

module.exports = { json, packed, plain, table, values };
