'use strict';
// What is wrong with a configuration, and where it stands.

const check = require('./check.cjs');

/** Where a value comes from; as a string, the text for people. */
class Origin {
  #text;

  constructor({ text, ...parts }) {
    Object.assign(this, parts);
    this.#text = text;
    Object.freeze(this);
  }

  toString() {
    return this.#text;
  }
}

/** Problems and warnings, as the native half tells them. */
function problems(told) {
  return Object.freeze(
    told.map((problem) => {
      const { path, origin, help, causes, ...rest } = problem;
      return Object.freeze({
        ...rest,
        path: path ?? undefined,
        origin: origin ? new Origin(origin) : undefined,
        help: Object.freeze(help),
        causes: Object.freeze(causes),
      });
    }),
  );
}

/** Everything that is wrong with a configuration. */
class ConfigError extends Error {
  #told;
  #problems;
  #warnings;

  /** `caller` is left out of the stack. */
  constructor(given, told, caller) {
    check.made(given, 'a ConfigError comes from loading');
    // An error that nobody catches shows its stack, which begins with the whole report.
    super(told.report);
    Error.captureStackTrace(this, caller ?? ConfigError);
    void this.stack;
    Object.defineProperty(this, 'message', { value: told.message, writable: true, configurable: true });
    this.#told = told;
    this.code = told.problems[0]?.code;
  }

  get report() {
    return this.#told.report;
  }

  get problems() {
    return (this.#problems ??= problems(this.#told.problems));
  }

  get warnings() {
    return (this.#warnings ??= problems(this.#told.warnings));
  }

  get path() {
    return this.problems[0]?.path;
  }

  get origin() {
    return this.problems[0]?.origin;
  }

  toJSON() {
    const { problems, warnings, context } = this.#told;
    const plain = (all) =>
      all.map(({ origin, ...problem }) => ({ ...problem, origin: origin && withoutText(origin) }));
    return { problems: plain(problems), warnings: plain(warnings), context };
  }
}

Object.defineProperty(ConfigError.prototype, 'name', { value: 'ConfigError', writable: true, configurable: true });

function withoutText({ text: _, ...origin }) {
  return origin;
}

/** What to throw for what the native half threw: errors of loading come as JSON. */
function thrown(error, caller) {
  if (error?.code !== 'GenericFailure' || !error.message.startsWith('{')) {
    return error;
  }
  return new ConfigError(check.key, JSON.parse(error.message), caller);
}

/** The same for an error that is told, not thrown. */
function told(json) {
  return new ConfigError(check.key, JSON.parse(json), told);
}

module.exports = { ConfigError, Origin, problems, thrown, told };
