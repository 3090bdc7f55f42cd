'use strict';
// Values by their paths.

const check = require('./check.cjs');
const native = require('./native.cjs');
const { decode } = require('./values.cjs');

/** The steps of the paths that were asked for; a program asks for few. */
const known = new Map();
const MOST = 10_000;

function steps(path) {
  let found = known.get(path);
  if (found === undefined) {
    found = decode(native.path(check.string(path, 'the path')));
    if (known.size >= MOST) {
      known.clear();
    }
    known.set(path, found);
  }
  return found;
}

/** What stands at a path, `undefined` where nothing does. Only own properties are found. */
function at(value, path) {
  let found = value;
  for (const step of steps(path)) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) !== (typeof step === 'number')) {
      return undefined;
    }
    if (!Object.hasOwn(found, step)) {
      return undefined;
    }
    found = found[step];
  }
  return found;
}

module.exports = { at };
