'use strict';
// The builder: it writes down steps, and hands them to the native half when it loads.

const { isMainThread } = require('node:worker_threads');
const check = require('./check.cjs');
const { thrown } = require('./error.cjs');
const { ConfigHandle, key } = require('./handle.cjs');
const native = require('./native.cjs');
const { plain } = require('./plain.cjs');
const { decode } = require('./values.cjs');

/** Names and values in turn. */
function variables(given) {
  if (typeof given !== 'object' || given === null) {
    throw check.wrong('the variables', 'an object, a Map or pairs', given);
  }
  const pairs = typeof given[Symbol.iterator] === 'function' ? given : Object.entries(given);
  const flat = [];
  for (const [name, value] of pairs) {
    if (value !== undefined) {
      flat.push(check.string(name, 'the name of a variable'), check.string(value, `the variable ${name}`));
    }
  }
  return flat;
}

class ConfigBuilder {
  #steps = [];
  #registry;
  #environment = false;
  #variables = false;

  constructor(registry = native.registry(false)) {
    this.#registry = registry;
  }

  #with(...step) {
    this.#steps.push(step);
    return this;
  }

  withFile(path) {
    return this.#with('file', check.path(path, 'the path'));
  }

  withFileOpt(path) {
    return this.#with('fileOpt', check.path(path, 'the path'));
  }

  withHierarchical(app) {
    return this.#with('hierarchical', check.string(app, 'the name of the program'));
  }

  withGlob(pattern) {
    return this.#with('glob', check.string(pattern, 'the pattern'));
  }

  withText(format, text, name) {
    const step = ['text', check.format(format), check.string(text, 'the text')];
    return this.#with(...step, ...(name === undefined ? [] : [check.string(name, 'the name of the text')]));
  }

  withObject(values, name = 'an object') {
    return this.#with('object', table(values, 'withObject'), check.string(name, 'the name of the values'));
  }

  withDefaults(values) {
    return this.#with('defaults', table(values, 'withDefaults'));
  }

  withDotenv(path = '.env') {
    return this.#with('dotenv', check.path(path, 'the path'));
  }

  withEnv(prefix = '') {
    this.#environment = true;
    return this.#with('env', check.string(prefix, 'the prefix'));
  }

  withEnvVars(given) {
    this.#variables = true;
    return this.#with('envVars', variables(given));
  }

  withOverride(path, value) {
    if (value === undefined) {
      return this;
    }
    return this.#with('override', check.string(path, 'the path'), plain(value, 'withOverride'));
  }

  withArgs(args) {
    return this.#with('args', check.strings(args, 'the arguments'));
  }

  selectProfile(profile) {
    return this.#with('profile', check.string(profile, 'the profile'));
  }

  selectProfileFrom(variable) {
    return this.#with('profileFrom', check.string(variable, 'the name of the variable'));
  }

  strict(on = true) {
    return check.boolean(on, 'strict') ? this.#with('strict') : this;
  }

  suppressWarnings(...patterns) {
    return this.#with('suppress', check.strings(patterns.flat(), 'the patterns'));
  }

  withSecret(...patterns) {
    for (const pattern of check.strings(patterns.flat(), 'the patterns')) {
      this.#with('secret', pattern);
    }
    return this;
  }

  withSchema(schema) {
    return this.#with('schema', typeof schema === 'string' ? schema : table(schema, 'withSchema'));
  }

  withDirectory(path) {
    return this.#with('directory', check.path(path, 'the directory'));
  }

  withRoot(path) {
    return this.#with('root', check.path(path, 'the root'));
  }

  showSource(on = true) {
    return this.#with('showSource', check.boolean(on, 'showSource'));
  }

  strictPermissions(on = true) {
    return this.#with('strictPermissions', check.boolean(on, 'strictPermissions'));
  }

  /** The steps; a worker's own variables are not those that the native half sees. */
  #complete() {
    const foreign = this.#environment && !this.#variables && !isMainThread;
    return foreign ? [...this.#steps, ['envVars', variables(process.env)]] : this.#steps;
  }

  build() {
    try {
      return new ConfigHandle(key, native.build(this.#complete(), this.#registry));
    } catch (error) {
      throw thrown(error, this.build);
    }
  }

  async buildAsync() {
    try {
      return new ConfigHandle(key, await native.buildAsync(this.#complete(), this.#registry));
    } catch (error) {
      throw thrown(error, this.buildAsync);
    }
  }

  extract() {
    try {
      return decode(native.extract(this.#complete()));
    } catch (error) {
      throw thrown(error, this.extract);
    }
  }

  async extractAsync() {
    try {
      return decode(await native.extractAsync(this.#complete()));
    } catch (error) {
      throw thrown(error, this.extractAsync);
    }
  }
}

/** Plain values that are a table. */
function table(values, what) {
  const copy = plain(values, what);
  if (typeof copy !== 'object' || copy === null || Array.isArray(copy)) {
    throw check.wrong(`what ${what} is given`, 'an object', values);
  }
  return copy;
}

module.exports = { ConfigBuilder, table };
