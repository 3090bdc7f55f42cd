// The builder, and the functions that are short for it.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
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
  version,
} from 'superconfig';
import { directory, file } from '../testing/help.mjs';

test('each step returns the builder, and later ones win', (context) => {
  const { path } = file(context, 'port = 1\nhost = "file"');
  const builder = createConfig();
  assert.ok(builder instanceof ConfigBuilder);
  const result = builder
    .withDefaults({ port: 0, only: 'default' })
    .withFile(path)
    .withFileOpt(`${path}.missing`)
    .withText('yaml', 'port: 2\nlist: [a]')
    .withObject({ port: 3, list_add: ['b'] })
    .withEnv('APP_')
    .withEnvVars({ APP_PORT: '4', APP_LIST_ADD: 'c', OTHER: 'x', APP_NONE: undefined })
    .withArgs(['--set', 'port=5', '--other'])
    .withOverride('port', '6')
    .withOverride('none', undefined);
  assert.equal(result, builder);
  const config = builder.build();
  assert.deepEqual(config.value, { port: 6, only: 'default', host: 'file', list: ['a', 'b', 'c'] });
  assert.equal(String(config.origin('list[1]')), 'an object');
  assert.equal(config.origin('host').file, path);
  assert.equal(config.origin('nothing'), undefined);
});

test('a JSON Schema declares the settings, as an object or as a text', () => {
  const schema = {
    type: 'object',
    properties: { port: { type: 'integer', maximum: 65535 }, key: { type: 'string', writeOnly: true } },
    required: ['port'],
  };
  for (const given of [schema, JSON.stringify(schema)]) {
    const load = (variables) =>
      createConfig().withSchema(given).withEnv('APP_').withEnvVars(variables).build();
    const config = load({ APP_PORT: '0080', APP_KEY: '007' });
    assert.deepEqual(config.value, { port: 80, key: '007' });
    assert.equal(JSON.stringify(config), '{"port":80,"key":"[redacted]"}');
    assert.throws(
      () => load({ APP_PORT: '65536' }),
      (error) => error instanceof ConfigError && error.code === 'SC0103' && error.path === 'port',
    );
    assert.throws(() => load({}), (error) => error.code === 'SC0101');
  }
  const broken = createConfig().withSchema('{');
  assert.throws(() => broken.build(), (error) => error.code === 'SC1001');
  assert.throws(() => createConfig().withSchema(1), TypeError);
});

test('a builder builds more than once, and goes on', () => {
  const builder = createConfig().withText('toml', 'a = 1');
  const first = builder.build();
  const second = builder.withOverride('a', 2).build();
  assert.deepEqual([first.value, second.value], [{ a: 1 }, { a: 2 }]);
  assert.deepEqual(new ConfigBuilder().withText('toml', 'a = 3').build().value, { a: 3 });
});

test('promises load on the thread pool', async () => {
  const builder = createConfig().withText('toml', 'a = 1');
  const configs = await Promise.all(Array.from({ length: 20 }, () => builder.buildAsync()));
  assert.ok(configs.every((config) => config instanceof ConfigHandle && config.value.a === 1));
  assert.deepEqual(await builder.extractAsync(), { a: 1 });
  assert.throws(() => createConfig().withText('toml', 'a =').extract(), ConfigError);
  await assert.rejects(createConfig().withText('toml', 'a =').extractAsync(), ConfigError);
  const broken = builder.withFile('there/is/no/such.toml').buildAsync();
  await assert.rejects(broken, (error) => error instanceof ConfigError && error.code === 'SC0401');
});

test('paths are strings, URLs and Buffers', (context) => {
  const { path } = file(context, 'a = 1', 'sälut 1.toml');
  for (const given of [path, pathToFileURL(path), Buffer.from(path)]) {
    assert.deepEqual(createConfig().withFile(given).build().value, { a: 1 });
  }
  assert.throws(() => createConfig().withFile(new URL('https://example.org/a.toml')), TypeError);
  assert.throws(() => createConfig().withFile(Buffer.from([0xff])), { message: 'the path must be UTF-8' });
  assert.throws(() => createConfig().withFile('a\0b'), { message: 'the path must not hold a null byte' });
});

test('a step that is given something else is a TypeError where it stands', () => {
  const builder = createConfig();
  const wrong = [
    [() => builder.withFile(), 'the path must be a string, a file URL or a Buffer; it is undefined'],
    [() => builder.withFile({ a: 1 }), 'the path must be a string, a file URL or a Buffer; it is { a: 1 }'],
    [() => builder.withHierarchical(1), 'the name of the program must be a string; it is 1'],
    [() => builder.withGlob(null), 'the pattern must be a string; it is null'],
    [() => builder.withText('xml', ''), "the format must be one of 'toml', 'json', 'yaml'; it is 'xml'"],
    [() => builder.withText('toml', 1n), 'the text must be a string; it is 1n'],
    [() => builder.withEnv(1), 'the prefix must be a string; it is 1'],
    [() => builder.withEnvVars('A=b'), "the variables must be an object, a Map or pairs; it is 'A=b'"],
    [() => builder.withEnvVars([1]), 'a variable must be a pair of a name and a value; it is 1'],
    [() => builder.withEnvVars([['A']]), "a variable must be a pair of a name and a value; it is [ 'A' ]"],
    [() => builder.withEnvVars({ A: 1 }), 'the variable A must be a string; it is 1'],
    [() => builder.withArgs('--set'), "the arguments must be an array of strings; it is '--set'"],
    [() => builder.withArgs(['a', 1]), 'the arguments[1] must be a string; it is 1'],
    [() => builder.withOverride(1, 2), 'the path must be a string; it is 1'],
    [() => builder.withOverride('a', () => 1), 'what withOverride is given is a function, which no configuration holds'],
    [() => builder.withObject([1]), 'what withObject is given must be an object; it is [ 1 ]'],
    [() => builder.withObject({}, 1), 'the name of the values must be a string; it is 1'],
    [() => builder.selectProfile(['a', 1]), 'the profile[1] must be a string; it is 1'],
    [() => builder.selectProfile(), 'the profile must be a string; it is undefined'],
    [() => builder.strict('yes'), "strict must be a boolean; it is 'yes'"],
    [() => builder.withSecret(/a/), 'the patterns[0] must be a string; it is /a/'],
    [() => builder.build().toText('xml'), "the format must be one of 'toml', 'json', 'yaml'; it is 'xml'"],
    [() => builder.build().toText('toml', { secrets: true }), 'the options have no `secrets`; there are exposeSecrets'],
    [() => builder.build().watch({ debounce: '1s' }), "`debounce` must be a number of milliseconds; it is '1s'"],
    [() => builder.build().watch({ wait: 1 }), /the options have no `wait`; there are debounce, maxWait/],
    [() => builder.build().on('changed', () => {}), "the event must be 'change' or 'error'; it is 'changed'"],
    [() => builder.build().on('change'), 'the listener must be a function; it is undefined'],
    [() => builder.build().changes({ signal: 1 }), 'the signal must be an AbortSignal; it is 1'],
    [() => builder.build().off('change', 3), 'the listener must be a function; it is 3'],
    [() => builder.build().getMany('a'), "the paths must be an array; it is 'a'"],
    [() => builder.build().getMany(['a', , 'b']), 'the path must be a string; it is undefined'],
    [() => new ConfigHandle(), 'a ConfigHandle comes from build(), createConfig() or loadFile()'],
    [() => new ConfigChange(), 'a ConfigChange comes from reload(), changes() or a listener'],
    [() => new ConfigError('x'), 'a ConfigError comes from loading'],
    [() => new ConfigWatch(), 'a ConfigWatch comes from watch()'],
    [() => new ConfigBuilder({}), 'a ConfigBuilder takes nothing; its steps are methods'],
    [() => new ConfigRegistry({}), 'a ConfigRegistry takes nothing'],
    [() => loadMultiple('a.toml'), "the paths must be an array; it is 'a.toml'"],
    [() => loadFile('a.toml', { prefix: 'A' }), 'the options have no `prefix`; there are env, profile, strict, secrets'],
    [() => loadFile('a.toml', { env: null }), '`env` must be a string; it is null'],
    [() => loadFile('a.toml', { profile: 3 }), '`profile` must be a string; it is 3'],
    [() => loadFile('a.toml', { strict: 1 }), '`strict` must be a boolean; it is 1'],
    [() => loadFile('a.toml', { secrets: 'a' }), "`secrets` must be an array of strings; it is 'a'"],
    [() => loadEnv(), 'the prefix must be a string; it is undefined'],
    [() => loadEnv('A_', { env: 'B_' }), 'the options have no `env`; there are profile, strict, secrets'],
  ];
  for (const [call, message] of wrong) {
    assert.throws(call, (error) => {
      assert.equal(error.name, 'TypeError');
      assert[message instanceof RegExp ? 'match' : 'equal'](error.message, message);
      assert.match(error.code, /^ERR_(INVALID_ARG_(TYPE|VALUE)|ILLEGAL_CONSTRUCTOR)$/, message);
      return true;
    });
  }
  for (const debounce of [-1, Infinity, NaN, 2 ** 31]) {
    assert.throws(() => builder.build().watch({ debounce }), {
      name: 'RangeError',
      code: 'ERR_OUT_OF_RANGE',
      message: `\`debounce\` must be from 0 to 2^31 - 1 milliseconds; it is ${debounce}`,
    });
  }
  assert.deepEqual(builder.build().value, {}, 'no wrong step was taken');
});

test('several overrides, limits, and variables that are set to nothing', () => {
  const given = { 'http.port': '80', list: [1], none: undefined };
  for (const values of [given, new Map(Object.entries(given))]) {
    const config = createConfig().withText('toml', 'http.port = 1').withOverrides(values).build();
    assert.deepEqual(config.value, { http: { port: 80 }, list: [1] });
    assert.deepEqual(config.paths(), ['http.port', 'list']);
  }
  const deep = (limits) => createConfig().withText('json', '{"a": [[[[1]]]]}').withLimits(limits);
  assert.deepEqual(deep({ depth: 10, nodes: 100 }).extract(), { a: [[[[1]]]] });
  assert.throws(() => deep({ depth: 3 }).extract(), ConfigError);
  assert.throws(() => deep({ depths: 3 }), { message: /^the limits have no `depths`; there are fileBytes, depth,/ });
  assert.throws(() => deep({ depth: '3' }), { name: 'TypeError', message: "`depth` must be a whole number; it is '3'" });
  assert.throws(() => deep({ depth: -3 }), { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' });
  const empty = (options) =>
    createConfig().withText('toml', 'a = "x"').withEnv('APP_', options).withEnvVars({ APP_A: '' }).extract().a;
  assert.deepEqual([empty(), empty({ ignoreEmpty: false }), empty({ ignoreEmpty: true })], ['', '', 'x']);
});

test('an override of the root is an error of loading', () => {
  assert.throws(() => createConfig().withOverride('', 1).build(), { code: 'SC0504' });
});

test('discovery, globs, profiles and files of variables', (context) => {
  const root = directory(context);
  mkdirSync(join(root, 'conf.d'));
  writeFileSync(join(root, 'orders.toml'), 'port = 1\n[profile.production]\nport = 2');
  writeFileSync(join(root, 'conf.d', 'a.yaml'), 'a: 1');
  writeFileSync(join(root, 'conf.d', 'b.json'), '{"b": 2}');
  writeFileSync(join(root, '.env'), 'APP_NAME=dotenv\n');
  const builder = () =>
    createConfig()
      .withDirectory(root)
      .withRoot(root)
      .withHierarchical('orders')
      .withGlob('conf.d/*')
      .withDotenv()
      .withEnv('APP_')
      .withEnvVars({ APP_PROFILE: 'production' });
  assert.deepEqual(builder().build().value, { port: 1, a: 1, b: 2, name: 'dotenv' });
  assert.equal(builder().selectProfile('production').build().value.port, 2);
  assert.equal(builder().selectProfileFrom('APP_PROFILE').build().value.port, 2);
  assert.throws(() => builder().selectProfile('prodction').build(), (error) => /production/.test(error.report));
});

test('one file, several files, variables', (context) => {
  const { path } = file(context, 'port = 1\nkey = "hunter2"\n[profile.eu]\nport = 2');
  const second = file(context, 'port = 3').path;
  assert.equal(loadFile(path).value.port, 1);
  assert.equal(loadFile(path, { profile: 'eu' }).value.port, 2);
  assert.equal(loadFile(path, { profile: ['eu'] }).value.port, 2);
  assert.equal(String(loadFile(path, { secrets: ['key'] })).includes('hunter2'), false);
  assert.deepEqual(loadMultiple([path, second]).getMany(['port', 'key']), [3, 'hunter2']);
  assert.deepEqual(loadMultiple([]).value, {});
  const variable = `SUPERCONFIG_${process.pid}_`;
  process.env[`${variable}HTTP__PORT`] = '80';
  try {
    assert.deepEqual(loadEnv(variable).value, { http: { port: 80 } });
    assert.deepEqual(loadFile(path, { env: variable }).get('http'), { port: 80 });
  } finally {
    delete process.env[`${variable}HTTP__PORT`];
  }
});

test('warnings are told, suppressed and made errors', () => {
  const builder = () => createConfig().withText('toml', 'a = []\na_remove = ["x"]', 'app.toml');
  const [warning, ...others] = builder().build().warnings;
  assert.equal(others.length, 0);
  assert.equal(warning.severity, 'warning');
  assert.equal(String(warning.origin), 'app.toml:2:13');
  assert.equal(builder().build().hasWarnings, true);
  assert.equal(createConfig({}).hasWarnings, false);
  assert.ok(builder().build().debugMessages().some((line) => line.includes('app.toml')));
  assert.deepEqual(builder().suppressWarnings(warning.code).build().warnings, []);
  const strange = () => createConfig().withText('toml', 'a = 1').withEnv('APP_').withEnvVars({ APP_A__B: '1' });
  assert.equal(strange().build().warnings[0].code, 'SC0204');
  assert.equal(strange().strict(false).build().warnings.length, 1);
  assert.equal(strange().strict().strict(false).build().warnings.length, 1, 'the last one counts');
  assert.throws(() => strange().strict().build(), { code: 'SC0204' });
});

test('registries count their handles apart', () => {
  const registry = new ConfigRegistry();
  assert.equal(registry.stats().totalHandles, 0);
  const handles = [registry.createConfig({ a: 1 }), registry.createConfig().withText('toml', 'a = 2').build()];
  assert.deepEqual(handles.map(({ value }) => value.a), [1, 2]);
  const stats = registry.stats();
  assert.deepEqual([stats.totalHandles, stats.activeHandles, stats.loads, stats.failures], [2, 2, 2, 0]);
  assert.ok(stats.memoryUsageBytes > 0);
  assert.throws(() => registry.createConfig().withFile('nowhere.toml').build(), ConfigError);
  assert.equal(registry.stats().failures, 1);
  assert.ok(ConfigRegistry.global.stats().totalHandles > 0);
  registry.clearCache();
});

test('the version is that of the package', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
  assert.equal(version, manifest.version);
});
