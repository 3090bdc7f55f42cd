'use strict';
// Arguments that are not what a function takes.

const { fileURLToPath } = require('node:url');
const { inspect } = require('node:util');

/** Who has this may make what only this package makes. */
const key = Symbol('superconfig');

/** An error with a code, as those of Node.js have. */
function coded(error, code) {
  error.code = code;
  return error;
}

const typeError = (message, code = 'ERR_INVALID_ARG_TYPE') => coded(new TypeError(message), code);
const rangeError = (message) => coded(new RangeError(message), 'ERR_OUT_OF_RANGE');

/** What an argument must be, as Node.js words it, and what it is. */
function requirement(what, expected, found) {
  const shown = typeof found === 'function' ? 'a function' : inspect(found, { depth: 0, breakLength: Infinity });
  return `${what} must be ${expected}; it is ${shown}`;
}

/** A `TypeError` for an argument of another type. */
const wrong = (what, expected, found) => typeError(requirement(what, expected, found));

/** Only this package makes some things; others are told where to get one. */
function made(given, message) {
  if (given !== key) {
    throw typeError(message, 'ERR_ILLEGAL_CONSTRUCTOR');
  }
}

function string(value, what) {
  if (typeof value !== 'string') {
    throw wrong(what, 'a string', value);
  }
  return value;
}

function boolean(value, what) {
  if (typeof value !== 'boolean') {
    throw wrong(what, 'a boolean', value);
  }
  return value;
}

function func(value, what) {
  if (typeof value !== 'function') {
    throw wrong(what, 'a function', value);
  }
  return value;
}

/** A whole number that says how many. */
function size(value, what) {
  if (!Number.isInteger(value)) {
    throw wrong(what, 'a whole number', value);
  }
  if (!(Number.isSafeInteger(value) && value >= 0)) {
    throw rangeError(requirement(what, 'from 0 to 2^53 - 1', value));
  }
  return value;
}

/** A number of milliseconds, as long as timers of Node.js take. */
function milliseconds(value, what) {
  if (typeof value !== 'number') {
    throw wrong(what, 'a number of milliseconds', value);
  }
  if (!(value >= 0 && value < 2 ** 31)) {
    throw rangeError(requirement(what, 'from 0 to 2^31 - 1 milliseconds', value));
  }
  return value;
}

/** The id of a handle. */
function id(value) {
  if (typeof value !== 'bigint') {
    throw wrong('the id', 'a bigint', value);
  }
  if (BigInt.asUintN(64, value) !== value) {
    throw rangeError(requirement('the id', 'from 0 to 2^64 - 1', value));
  }
  return value;
}

/** An array, whose holes are `undefined`. */
function array(values, what, expected = 'an array') {
  if (!Array.isArray(values)) {
    throw wrong(what, expected, values);
  }
  return Array.from(values);
}

function strings(values, what) {
  return array(values, what, 'an array of strings').map((value, index) => string(value, `${what}[${index}]`));
}

/** A string, or several in an array. */
function oneOrMore(values, what) {
  return Array.isArray(values) ? strings(values, what) : [string(values, what)];
}

/** A path of a file: a string, a `file:` URL or a `Buffer`. */
function path(value, what) {
  if (value instanceof URL) {
    return fileURLToPath(value);
  }
  if (value instanceof Uint8Array) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
    } catch {
      throw typeError(`${what} must be UTF-8`, 'ERR_INVALID_ARG_VALUE');
    }
  }
  if (typeof value !== 'string') {
    throw wrong(what, 'a string, a file URL or a Buffer', value);
  }
  if (value.includes('\0')) {
    throw typeError(`${what} must not hold a null byte`, 'ERR_INVALID_ARG_VALUE');
  }
  return value;
}

/** One of some words, however it is written. */
function word(value, what, words) {
  const found = string(value, what).toLowerCase();
  if (!words.includes(found)) {
    const expected = `one of ${words.map((known) => `'${known}'`).join(', ')}`;
    throw typeError(requirement(what, expected, value), 'ERR_INVALID_ARG_VALUE');
  }
  return found;
}

const format = (value) => word(value, 'the format', ['toml', 'json', 'yaml']);

/** Options, of which no other is there than these. */
function options(value, what, known) {
  if (value === undefined) {
    return {};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(what, 'an object', value);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      throw typeError(`${what} have no \`${name}\`; there are ${known.join(', ')}`, 'ERR_INVALID_ARG_VALUE');
    }
  }
  return value;
}

module.exports = {
  array,
  boolean,
  format,
  func,
  id,
  key,
  made,
  milliseconds,
  oneOrMore,
  options,
  path,
  rangeError,
  requirement,
  size,
  string,
  strings,
  typeError,
  word,
  wrong,
};
