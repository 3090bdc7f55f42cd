'use strict';
// Arguments that are not what a function takes.

const { fileURLToPath } = require('node:url');
const { inspect } = require('node:util');

/** A `TypeError` as Node.js words it. */
function wrong(what, expected, found) {
  const shown = typeof found === 'function' ? 'a function' : inspect(found, { depth: 0, breakLength: Infinity });
  return new TypeError(`${what} must be ${expected}; it is ${shown}`);
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

function strings(values, what) {
  if (!Array.isArray(values)) {
    throw wrong(what, 'an array of strings', values);
  }
  return values.map((value, index) => string(value, `${what}[${index}]`));
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
      throw new TypeError(`${what} must be UTF-8`);
    }
  }
  if (typeof value !== 'string') {
    throw wrong(what, 'a string, a file URL or a Buffer', value);
  }
  if (value.includes('\0')) {
    throw new TypeError(`${what} must not hold a null byte`);
  }
  return value;
}

/** One of some words, however it is written. */
function word(value, what, words) {
  const found = string(value, what).toLowerCase();
  if (!words.includes(found)) {
    throw wrong(what, `one of ${words.map((known) => `'${known}'`).join(', ')}`, value);
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
      throw new TypeError(`${what} have no \`${name}\`; there are ${known.join(', ')}`);
    }
  }
  return value;
}

module.exports = { boolean, format, func, options, path, string, strings, wrong };
