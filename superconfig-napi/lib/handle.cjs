'use strict';
// Handles: reading a loaded configuration.

const { inspect } = require('node:util');
const check = require('./check.cjs');
const { ConfigChange } = require('./change.cjs');
const environment = require('./environment.cjs');
const { Origin, problems, thrown, told } = require('./error.cjs');
const { Explanation } = require('./explanation.cjs');
const { Listening, deliver } = require('./listening.cjs');
const native = require('./native.cjs');
const { at } = require('./path.cjs');
const { json, values } = require('./plain.cjs');
const { refused } = require('./schema.cjs');
const { decode, frozen } = require('./values.cjs');
const { ConfigWatch, watchOptions } = require('./watch.cjs');

class ConfigHandle {
  #native;
  #value;
  /** What listens to changes, once somebody does. */
  #listening;

  constructor(given, handle) {
    check.made(given, 'a ConfigHandle comes from build(), createConfig() or loadFile()');
    this.#native = handle;
  }

  get value() {
    return (this.#value ??= frozen(native.value(this.#native)));
  }

  /** What it gives to a configuration that it is part of; `toJSON` would redact secrets. */
  get [values]() {
    return this.value;
  }

  get(path, fallback) {
    const found = at(this.value, path);
    return found === undefined ? fallback : found;
  }

  getMany(paths) {
    const { value } = this;
    return check.array(paths, 'the paths').map((path) => at(value, path));
  }

  has(path) {
    return at(this.value, path) !== undefined;
  }

  extract(schema) {
    const values = decode(native.value(this.#native));
    if (schema === undefined) {
      return values;
    }
    const result = validate(schema, values);
    if (typeof result?.then === 'function') {
      // What the promise comes to is of no use to anybody.
      result.then(undefined, () => {});
      throw check.typeError('the schema is asynchronous; use extractAsync', 'ERR_INVALID_ARG_VALUE');
    }
    return this.#accepted(result, this.extract);
  }

  async extractAsync(schema) {
    const values = decode(native.value(this.#native));
    return schema === undefined ? values : this.#accepted(await validate(schema, values), this.extractAsync);
  }

  #accepted(result, caller) {
    if (!result.issues) {
      return result.value;
    }
    throw this.#failure(() => native.refuse(this.#native, refused(result.issues)), caller);
  }

  /** The error that a call throws. */
  #failure(call, caller) {
    try {
      call();
    } catch (error) {
      return thrown(error, caller);
    }
    return new Error('nothing was wrong');
  }

  origin(path) {
    const origin = decode(native.origin(this.#native, check.string(path, 'the path')));
    return origin ? new Origin(origin) : undefined;
  }

  explain(path) {
    try {
      return new Explanation(check.key, native.explain(this.#native, check.string(path, 'the path')));
    } catch (error) {
      throw thrown(error, this.explain);
    }
  }

  report() {
    return native.report(this.#native);
  }

  paths() {
    return native.paths(this.#native);
  }

  debugMessages() {
    return native.debugMessages(this.#native);
  }

  get hasWarnings() {
    return native.hasWarnings(this.#native);
  }

  get warnings() {
    return problems(decode(native.warnings(this.#native)));
  }

  printWarnings() {
    const { stderr } = process;
    const text = native.warningsText(this.#native, stderr.hasColors?.() ?? false);
    if (text !== '') {
      stderr.write(`${text}\n`);
    }
  }

  toText(format, options) {
    const { exposeSecrets = false } = check.options(options, 'the options', ['exposeSecrets']);
    return native.text(this.#native, check.format(format), check.boolean(exposeSecrets, 'exposeSecrets'));
  }

  toString(options) {
    const { exposeSecrets = false } = check.options(options, 'the options', ['exposeSecrets']);
    return native.line(this.#native, check.boolean(exposeSecrets, 'exposeSecrets'));
  }

  toJSON() {
    return json(decode(native.shown(this.#native)));
  }

  [inspect.custom](depth, options) {
    return `ConfigHandle ${inspect(decode(native.shown(this.#native)), { ...options, depth })}`;
  }

  /** A worker that is given it may load this again, and then takes the variables as they were read ahead. */
  get id() {
    environment.readAhead();
    return native.id(this.#native);
  }

  get generation() {
    return native.generation(this.#native);
  }

  get lastReloadError() {
    const error = native.lastReloadError(this.#native);
    return error === null ? null : told(error);
  }

  reload() {
    try {
      environment.readAhead();
      return this.#reloaded(native.reload(this.#native, environment.inWorker));
    } catch (error) {
      throw thrown(error, this.reload);
    } finally {
      deliver();
    }
  }

  async reloadAsync() {
    try {
      environment.readAhead();
      return this.#reloaded(await native.reloadAsync(this.#native));
    } catch (error) {
      throw thrown(error, this.reloadAsync);
    } finally {
      deliver();
    }
  }

  #reloaded(change) {
    if (change === null) {
      return null;
    }
    this.#value = undefined;
    return new ConfigChange(check.key, change);
  }

  /** What listens to this handle, which it does from now on. */
  #listen() {
    return (this.#listening ??= new Listening(this, this.#native, () => {
      this.#value = undefined;
    }));
  }

  watch(given) {
    const options = watchOptions(given);
    environment.readAhead();
    return new ConfigWatch(check.key, this.#listen(), this.#native, options);
  }

  on(event, listener) {
    this.#listen().on(event, listener);
    return this;
  }

  once(event, listener) {
    this.#listen().once(event, listener);
    return this;
  }

  off(event, listener) {
    check.func(listener, 'the listener');
    this.#listening?.off(event, listener);
    return this;
  }

  addListener(event, listener) {
    return this.on(event, listener);
  }

  removeListener(event, listener) {
    return this.off(event, listener);
  }

  onChange(pattern, listener) {
    check.string(pattern, 'the pattern');
    check.func(listener, 'the listener');
    const touched = (change) => (change.touches(pattern) ? listener.call(this, change) : undefined);
    this.on('change', touched);
    return () => void this.off('change', touched);
  }

  changes(options) {
    return this.#listen().changes(check.options(options, 'the options', ['signal']).signal);
  }

  close() {
    this.#listening?.close();
    this.#listening = undefined;
  }

  [Symbol.dispose]() {
    this.close();
  }

  /** Is over when no watch of it reloads any more. */
  async [Symbol.asyncDispose]() {
    const listening = this.#listening;
    this.#listening = undefined;
    await listening?.closeAsync();
  }
}

/** Asks a Standard Schema. */
function validate(schema, values) {
  const standard = schema?.['~standard'];
  if (typeof standard?.validate !== 'function') {
    throw check.wrong('the schema', 'a Standard Schema, as zod, valibot and arktype make them', schema);
  }
  const result = standard.validate(values);
  if (typeof result !== 'object' || result === null) {
    throw check.wrong('what the schema says', 'an object with the value or the issues', result);
  }
  return result;
}

module.exports = { ConfigHandle };
