'use strict';
// Watching files.

const { inspect } = require('node:util');
const check = require('./check.cjs');
const { thrown } = require('./error.cjs');
const native = require('./native.cjs');

const TIMES = ['debounce', 'maxWait', 'pollEvery', 'checkEvery'];

function watchOptions(given) {
  const options = check.options(given, 'the options', [...TIMES, 'events', 'maxDirectories']);
  const { events, maxDirectories } = options;
  for (const name of TIMES) {
    const time = options[name];
    if (time !== undefined) {
      check.milliseconds(time, `\`${name}\``);
    }
  }
  if (events !== undefined) {
    check.boolean(events, '`events`');
  }
  if (maxDirectories !== undefined) {
    check.size(maxDirectories, '`maxDirectories`');
  }
  return { ...options };
}

/** Reloads when files change, until it is stopped. */
class ConfigWatch {
  #listening;
  #native;

  constructor(given, listening, handle, options) {
    check.made(given, 'a ConfigWatch comes from watch()');
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

  [inspect.custom](depth, options) {
    return `ConfigWatch ${inspect({ health: this.health }, { ...options, depth })}`;
  }

  stop() {
    native.stop(this.#native);
    this.#listening.release(this);
  }

  [Symbol.dispose]() {
    this.stop();
  }

  /** Is over when no reload is under way any more. */
  async [Symbol.asyncDispose]() {
    const stopped = native.stopAsync(this.#native);
    this.#listening.release(this);
    await stopped;
  }
}

module.exports = { ConfigWatch, watchOptions };
