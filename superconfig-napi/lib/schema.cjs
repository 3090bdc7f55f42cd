'use strict';
// What a schema says of values.

/** The issues of a Standard Schema, as the native half takes them: messages and the steps of paths. */
function refused(issues) {
  return issues.map(({ message, path = [] }) => [
    String(message),
    path.map((step) => {
      const key = typeof step === 'object' && step !== null ? step.key : step;
      return typeof key === 'number' ? key : String(key);
    }),
  ]);
}

module.exports = { refused };
