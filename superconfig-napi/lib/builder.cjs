'use strict';
// The builder: it writes down steps, and hands them to the native half when it loads.

const { inspect } = require('node:util');
const check = require('./check.cjs');
const environment = require('./environment.cjs');
const { thrown } = require('./error.cjs');
const { ConfigHandle } = require('./handle.cjs');
const native = require('./native.cjs');
const { packed, plain, table } = require('./plain.cjs');
const { decode } = require('./values.cjs');

const LIMITS = ['fileBytes', 'depth', 'nodes', 'expandedBytes', 'keyBytes', 'globFiles', 'variables'];
const VERBOSITIES = ['silent', 'info', 'debug', 'trace'];

const isObject = (value) => typeof value === 'object' && value !== null;

/** Names and values in turn. */
function variables(given) {
  if (!isObject(given)) {
    throw check.wrong('the variables', 'an object, a Map or pairs', given);
  }
  const pairs = typeof given[Symbol.iterator] === 'function' ? given : Object.entries(given);
  const flat = [];
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw check.wrong('a variable', 'a pair of a name and a value', pair);
    }
    const [name, value] = pair;
    if (value !== undefined) {
      flat.push(check.string(name, 'the name of a variable'), check.string(value, `the variable ${name}`));
    }
  }
  return flat;
}

class ConfigBuilder {
  #steps = [];
  /** Whether JSON has all of them as they are. */
  #exact = true;
  #registry;

  /** A registry is given by this package alone. */
  constructor(given, registry = native.registry(false)) {
    if (given !== undefined) {
      check.made(given, 'a ConfigBuilder takes nothing; its steps are methods');
    }
    this.#registry = registry;
  }

  #with(...step) {
    this.#steps.push(step);
    return this;
  }

  /** Notes whether JSON has them. */
  #copied({ value, exact }) {
    this.#exact &&= exact;
    return value;
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
    return this.#with('object', this.#copied(table(values, 'withObject')), check.string(name, 'the name of the values'));
  }

  withDefaults(values) {
    return this.#with('defaults', this.#copied(table(values, 'withDefaults')));
  }

  withDotenv(path = '.env') {
    return this.#with('dotenv', check.path(path, 'the path'));
  }

  withEnv(prefix = '', options) {
    const { ignoreEmpty = false } = check.options(options, 'the options', ['ignoreEmpty']);
    return this.#with('env', check.string(prefix, 'the prefix'), check.boolean(ignoreEmpty, '`ignoreEmpty`'));
  }

  withEnvVars(given) {
    return this.#with('envVars', variables(given));
  }

  withOverride(path, value) {
    if (value === undefined) {
      return this;
    }
    return this.#with('override', check.string(path, 'the path'), this.#copied(plain(value, 'withOverride')));
  }

  withOverrides(values) {
    if (!isObject(values) || Array.isArray(values)) {
      throw check.wrong('the overrides', 'an object or a Map of paths and values', values);
    }
    for (const [path, value] of values instanceof Map ? values : Object.entries(values)) {
      this.withOverride(path, value);
    }
    return this;
  }

  withArgs(args) {
    return this.#with('args', check.strings(args, 'the arguments'));
  }

  selectProfile(profile) {
    return this.#with('profile', check.oneOrMore(profile, 'the profile').join(','));
  }

  selectProfileFrom(variable) {
    return this.#with('profileFrom', check.string(variable, 'the name of the variable'));
  }

  withVerbosity(level) {
    return this.#with('verbosity', check.word(level, 'the verbosity', VERBOSITIES));
  }

  strict(on = true) {
    return this.#with('strict', check.boolean(on, 'strict'));
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
    return this.#with('schema', typeof schema === 'string' ? schema : this.#copied(table(schema, 'withSchema')));
  }

  withLimits(limits) {
    const given = check.options(limits, 'the limits', LIMITS);
    for (const [name, limit] of Object.entries(given)) {
      check.size(limit, `\`${name}\``);
    }
    return this.#with('limits', { ...given });
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
    const variables = environment.ofWorker();
    const steps = variables === undefined ? this.#steps : [...this.#steps, ['environment', variables]];
    return packed(steps, this.#exact);
  }

  build() {
    try {
      return new ConfigHandle(check.key, native.build(this.#complete(), this.#registry));
    } catch (error) {
      throw thrown(error, this.build);
    }
  }

  async buildAsync() {
    try {
      environment.readAhead();
      return new ConfigHandle(check.key, await native.buildAsync(this.#complete(), this.#registry));
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
      environment.readAhead();
      return decode(await native.extractAsync(this.#complete()));
    } catch (error) {
      throw thrown(error, this.extractAsync);
    }
  }

  /** The names of the steps alone, as what they are given may be secret. */
  [inspect.custom](depth, options) {
    return `ConfigBuilder ${inspect(this.#steps.map(([name]) => name), { ...options, depth })}`;
  }
}

module.exports = { ConfigBuilder };
