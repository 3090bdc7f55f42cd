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
  Explanation,
  createConfig,
  loadEnv,
  loadFile,
  loadMultiple,
  version,
} from 'superconfig';
import { directory, file, thrown } from '../testing/help.mjs';

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
    [() => builder.withVerbosity('loud'), "the verbosity must be one of 'silent', 'info', 'debug', 'trace'; it is 'loud'"],
    [() => builder.withVerbosity(2), 'the verbosity must be a string; it is 2'],
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
    [() => new Explanation(), 'an Explanation comes from explain()'],
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

test('a registry gives a handle by its id', () => {
  const registry = new ConfigRegistry();
  const handle = registry.createConfig({ a: 1 });
  const { id } = handle;
  assert.equal(typeof id, 'bigint');
  assert.deepEqual(registry.get(id).value, { a: 1 });
  assert.equal(registry.get(id).id, id);
  assert.ok(registry.has(id) && !registry.has(id + 1n) && !registry.has(0n));
  assert.notEqual(registry.createConfig({ a: 1 }).id, id);
  assert.deepEqual(registry.remove(id).value, { a: 1 });
  assert.deepEqual(handle.value, { a: 1 }, 'it works on');
  assert.ok(!registry.has(id));
});

test('what is wrong with an id is said', () => {
  const registry = new ConfigRegistry();
  const { id } = registry.createConfig({ a: 1 });
  for (const ask of ['get', 'remove', 'lease']) {
    const never = thrown(() => registry[ask](id + 1_000_000n));
    assert.ok(never instanceof ConfigError, ask);
    assert.deepEqual([never.code, never.problems[0].help], ['SC0902', ['an id is the `id` of a handle']]);
    assert.equal(never.message, `error[SC0902]: there was never a handle ${id + 1_000_000n}`);
    assert.match(never.stack, /builder\.test\.mjs/);
    assert.doesNotMatch(never.stack, /registry\.cjs/);
    assert.equal(thrown(() => registry[ask](0n)).code, 'SC0902');
    assert.equal(thrown(() => ConfigRegistry.global[ask](id)).code, 'SC0903', 'of another registry');
  }
  for (const ask of ['get', 'has', 'remove', 'lease']) {
    assert.throws(() => registry[ask](1), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => registry[ask](undefined), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => registry[ask](-1n), { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' });
    assert.throws(() => registry[ask](2n ** 64n), { code: 'ERR_OUT_OF_RANGE' });
  }
  assert.throws(() => registry.expireAfter('1'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => registry.expireAfter(-1), { code: 'ERR_OUT_OF_RANGE' });
  const taken = registry.createConfig({});
  registry.remove(taken.id);
  assert.equal(thrown(() => registry.get(taken.id)).code, 'SC0905');
});

test('a lease keeps what no handle keeps, until nobody asks for it', async () => {
  const registry = new ConfigRegistry();
  const ids = Array.from({ length: 2 }, () => registry.createConfig({ a: 1 }).id);
  registry.lease(ids[0]);
  // Handles that nobody refers to are gone in some turn after their memory is.
  for (let round = 0; registry.has(ids[1]); round += 1) {
    assert.ok(round < 1000, 'a handle that nobody has is never collected');
    gc();
    await new Promise(setImmediate);
  }
  assert.equal(registry.sweep(), 0);
  assert.deepEqual(registry.get(ids[0]).value, { a: 1 });
  assert.equal(registry.stats().leasedHandles, 1);
  registry.expireAfter(0);
  for (let round = 0; registry.has(ids[0]); round += 1) {
    assert.ok(round < 1000, 'the lease never ends');
    gc();
    registry.sweep();
    await new Promise(setImmediate);
  }
  assert.equal(thrown(() => registry.get(ids[0])).code, 'SC0904');
});

test('the version is that of the package', async () => {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
  assert.equal(version, manifest.version);
});
