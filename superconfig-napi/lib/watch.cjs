'use strict';
// Watching files.

const check = require('./check.cjs');
const { thrown } = require('./error.cjs');
const native = require('./native.cjs');

const TIMES = ['debounce', 'maxWait', 'pollEvery', 'checkEvery'];

function watchOptions(given) {
  const options = check.options(given, 'the options', [...TIMES, 'events', 'maxDirectories']);
  const { events, maxDirectories } = options;
  for (const name of TIMES) {
    const time = options[name];
    if (time !== undefined && !(typeof time === 'number' && time >= 0 && time < 2 ** 31)) {
      throw check.wrong(`\`${name}\``, 'a number of milliseconds', time);
    }
  }
  if (events !== undefined) {
    check.boolean(events, '`events`');
  }
  if (maxDirectories !== undefined && !(Number.isSafeInteger(maxDirectories) && maxDirectories >= 0)) {
    throw check.wrong('`maxDirectories`', 'a whole number', maxDirectories);
  }
  return { ...options };
}

/** Reloads when files change, until it is stopped. */
class ConfigWatch {
  #listening;
  #native;

  constructor(listening, handle, options) {
    try {
      this.#native = native.watch(handle, options);
    } catch (error) {
      throw thrown(error, ConfigWatch);
    }
    this.#listening = listening;
    listening.keep(this);
  }

  get health() {
    return native.health(this.#native);
  }

  stop() {
    native.stop(this.#native);
    this.#listening.release(this);
  }

  [Symbol.dispose]() {
    this.stop();
  }

  async [Symbol.asyncDispose]() {
    this.stop();
  }
}

module.exports = { ConfigWatch, watchOptions };
