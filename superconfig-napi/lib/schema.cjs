'use strict';
// What a schema says of values.

const check = require('./check.cjs');

/** The issues of a Standard Schema, as the native half takes them: messages and the steps of paths. */
function refused(issues) {
  return check.array(issues, 'the issues of a schema').map(({ message, path = [] }) => [
    String(message),
    check.array(path, 'the path of an issue').map((step) => {
      const key = typeof step === 'object' && step !== null ? step.key : step;
      return typeof key === 'number' ? key : String(key);
    }),
  ]);
}

module.exports = { refused };
