'use strict';
// The package `superconfig`. docs/NODE.md is the page for those who use it.

const { ConfigBuilder } = require('./builder.cjs');
const { ConfigChange } = require('./change.cjs');
const check = require('./check.cjs');
const { ConfigError } = require('./error.cjs');
const { ConfigHandle } = require('./handle.cjs');
const native = require('./native.cjs');
const { ConfigRegistry } = require('./registry.cjs');
const { ConfigWatch } = require('./watch.cjs');

const OPTIONS = ['env', 'profile', 'strict', 'secrets'];

function createConfig(values) {
  return ConfigRegistry.global.createConfig(values);
}

function load(steps, given) {
  const options = check.options(given, 'the options', OPTIONS);
  const { env, profile, strict = false, secrets = [] } = options;
  const builder = steps(createConfig()).strict(strict).withSecret(...check.strings(secrets, '`secrets`'));
  if (env !== undefined) {
    builder.withEnv(env);
  }
  if (profile !== undefined) {
    builder.selectProfile(profile);
  }
  return builder.build();
}

function loadFile(path, options) {
  return load((builder) => builder.withFile(path), options);
}

function loadMultiple(paths, options) {
  if (!Array.isArray(paths)) {
    throw check.wrong('the paths', 'an array', paths);
  }
  return load((builder) => paths.reduce((all, path) => all.withFile(path), builder), options);
}

function loadEnv(prefix, options) {
  return load((builder) => builder.withEnv(prefix), options);
}

module.exports = {
  ConfigBuilder,
  ConfigChange,
  ConfigError,
  ConfigHandle,
  ConfigRegistry,
  ConfigWatch,
  createConfig,
  loadEnv,
  loadFile,
  loadMultiple,
  version: native.VERSION,
};
