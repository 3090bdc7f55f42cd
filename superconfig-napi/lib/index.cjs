'use strict';
// The package `superconfig`. docs/NODE.md is the page for those who use it.

const { ConfigBuilder } = require('./builder.cjs');
const { ConfigChange } = require('./change.cjs');
const check = require('./check.cjs');
const { ConfigError } = require('./error.cjs');
const { ConfigHandle } = require('./handle.cjs');
const { Explanation } = require('./explanation.cjs');
const native = require('./native.cjs');
const { ConfigRegistry } = require('./registry.cjs');
const { ConfigWatch } = require('./watch.cjs');

const OPTIONS = ['env', 'profile', 'strict', 'secrets'];

function createConfig(values) {
  return ConfigRegistry.global.createConfig(values);
}

/** Builds what the steps say, with what the options say besides. */
function load(steps, given, known = OPTIONS) {
  const { env, profile, strict, secrets } = check.options(given, 'the options', known);
  const builder = steps(createConfig());
  if (strict !== undefined) {
    builder.strict(check.boolean(strict, '`strict`'));
  }
  if (secrets !== undefined) {
    builder.withSecret(check.strings(secrets, '`secrets`'));
  }
  if (env !== undefined) {
    builder.withEnv(check.string(env, '`env`'));
  }
  if (profile !== undefined) {
    builder.selectProfile(check.oneOrMore(profile, '`profile`'));
  }
  return builder.build();
}

function loadFile(path, options) {
  return load((builder) => builder.withFile(path), options);
}

function loadMultiple(paths, options) {
  const files = check.array(paths, 'the paths');
  return load((builder) => files.reduce((all, path) => all.withFile(path), builder), options);
}

function loadEnv(prefix, options) {
  check.string(prefix, 'the prefix');
  const others = OPTIONS.filter((name) => name !== 'env');
  return load((builder) => builder.withEnv(prefix), options, others);
}

module.exports = {
  ConfigBuilder,
  ConfigChange,
  ConfigError,
  ConfigHandle,
  ConfigRegistry,
  ConfigWatch,
  Explanation,
  createConfig,
  loadEnv,
  loadFile,
  loadMultiple,
  version: native.VERSION,
};
