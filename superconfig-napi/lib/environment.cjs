'use strict';
// The variables of the process. Other threads cannot read them while this one may set some, so it reads ahead for them.

const { isMainThread } = require('node:worker_threads');
const native = require('./native.cjs');

/** To be called before anything is loaded on another thread, or may be, as by a worker that is given an id. */
function readAhead() {
  if (isMainThread) {
    native.readAhead();
  }
}

/** The variables of this worker, which are not those of the process: names and values in turn. `undefined` in the main thread. */
function ofWorker() {
  return isMainThread ? undefined : Object.entries(process.env).flat();
}

module.exports = { inWorker: !isMainThread, ofWorker, readAhead };
