// The cases that every language has in common; tests/cases/README.md says how they are written.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import { ConfigBuilder, ConfigError, createConfig } from 'superconfig';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'tests', 'cases');

/** The builder's methods by the names of the steps. */
const STEPS = {
  defaults: (builder, json) => builder.withDefaults(JSON.parse(json)),
  file: (builder, path) => builder.withFile(path),
  file_opt: (builder, path) => builder.withFileOpt(path),
  glob: (builder, pattern) => builder.withGlob(pattern),
  hierarchical: (builder, app) => builder.withHierarchical(app),
  text: (builder, { name, format, text }) => builder.withText(format, text, name),
  dotenv: (builder, path) => builder.withDotenv(path),
  env: (builder, prefix) => builder.withEnv(prefix),
  override: (builder, { path, value }) => builder.withOverride(path, value),
  args: (builder, args) => builder.withArgs(args),
  schema: (builder, json) => builder.withSchema(json),
};

function builder(given, directory) {
  for (const [name, text] of Object.entries(given.files ?? {})) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const result = createConfig()
    .withDirectory(directory)
    .withRoot(directory)
    .suppressWarnings(given.suppress ?? []);
  for (const step of given.steps) {
    const [[name, argument]] = Object.entries(step);
    assert.ok(Object.hasOwn(STEPS, name), `there is no step ${name}`);
    STEPS[name](result, argument);
  }
  if (given.profiles !== undefined) {
    result.selectProfile(given.profiles);
  }
  const limits = Object.entries(given.limits ?? {}).map(([name, limit]) => [camel(name), limit]);
  result.withLimits(Object.fromEntries(limits)).strict(given.strict ?? false).withSecret(given.secrets ?? []);
  if (given.env !== undefined || given.steps.some((step) => 'env' in step)) {
    result.withEnvVars(Object.entries(given.env ?? {}).sort());
  }
  return result;
}

/** As the cases write problems: what is not there is left out. */
function said(problems, here) {
  const relative = (text) => text.replaceAll(here, '');
  return problems.map(({ code, kind, path, origin, message, help, causes }) => ({
    code,
    kind,
    ...(path === undefined ? {} : { path }),
    ...(origin === undefined ? {} : { origin: relative(String(origin)) }),
    message: relative(message),
    ...(help.length === 0 ? {} : { help: help.map(relative) }),
    ...(causes.length === 0 ? {} : { causes: causes.map(relative) }),
  }));
}

/** A name of several words as JavaScript writes it. */
const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** What a case expects of problems, with the advice as it is given to a program in JavaScript. */
function inItsWords(problems) {
  const translated = (advice) =>
    advice
      .replace('`Glob::with_parents` allows it', 'write the whole path of the directory that is meant')
      .replace(/raise `Limits::(\w+)` by `with_limits`/, (_, limit) => `raise the limit by \`withLimits({ ${camel(limit)}: … })\``)
      // What is no step is a name of the configuration's, and stays: `plugins_remove`.
      .replace(/(?<=`)\w+(?=[`(])/g, (name) => (camel(name) in ConfigBuilder.prototype ? camel(name) : name));
  return problems.map((one) => ('help' in one ? { ...one, help: one.help.map(translated) } : one));
}

/** What a line of JSON is in JavaScript: large integers are big, and the three words for floats are numbers. */
function inJavaScript(line, value) {
  const quoted = line.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?![\d.eE])/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"bigint ${token}"`,
  );
  const same = (expected, found) => {
    if (typeof expected === 'string' && typeof found !== 'string') {
      return typeof found === 'bigint' ? BigInt(expected.replace('bigint ', '')) : Number(expected.replace('inf', 'Infinity'));
    }
    if (typeof expected !== 'object' || expected === null) {
      return expected;
    }
    for (const [key, part] of Object.entries(expected)) {
      const changed = same(part, found?.[key]);
      Object.defineProperty(expected, key, { value: changed, writable: true, enumerable: true, configurable: true });
    }
    return expected;
  };
  return same(JSON.parse(quoted), value);
}

function check(given, directory) {
  const here = `${directory}/`;
  const expect = { origins: {}, warnings: [], problems: [], ...given.expect };
  let config;
  try {
    config = builder(given, directory).build();
  } catch (error) {
    assert.ok(error instanceof ConfigError, error);
    assert.deepEqual(said(error.problems, here), inItsWords(expect.problems));
    assert.deepEqual(said(error.warnings, here), inItsWords(expect.warnings));
    assert.equal(expect.value, undefined, 'it should not have failed');
    return;
  }
  assert.equal(config.toString({ exposeSecrets: true }), expect.value);
  assert.equal(config.toString(), expect.shown ?? expect.value);
  assert.deepEqual(config.value, inJavaScript(expect.value, config.value));
  for (const [path, origin] of Object.entries(expect.origins)) {
    assert.equal(String(config.origin(path) ?? 'none').replaceAll(here, ''), origin, `the origin of ${path}`);
  }
  assert.deepEqual(said(config.warnings, here), inItsWords(expect.warnings));
  assert.deepEqual(expect.problems, []);
}

const files = readdirSync(folder).filter((name) => name.endsWith('.toml'));

test('no case is missing', () => assert.ok(files.length >= 30, `there are ${files.length}`));

for (const name of files) {
  test(name.replace('.toml', '').replaceAll('_', ' '), () => {
    const given = JSON.parse(JSON.stringify(parse(readFileSync(join(folder, name), 'utf8'))));
    const directory = mkdtempSync(join(tmpdir(), 'superconfig-'));
    try {
      check(given, directory);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
}
