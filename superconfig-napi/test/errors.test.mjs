// What is wrong, and where it stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ConfigError, createConfig } from 'superconfig';
import { run, thrown } from '../testing/help.mjs';

const broken = () =>
  createConfig()
    .withText('toml', 'port = 80', 'app.toml')
    .withText('toml', 'a = = 1', 'broken.toml')
    .withEnv('APP_')
    .withEnvVars({ APP_PORT: 'eighty' });

test('an error has everything that is wrong, in every source', () => {
  const error = thrown(() => broken().build());
  assert.ok(error instanceof ConfigError && error instanceof Error);
  assert.equal(error.name, 'ConfigError');
  assert.equal(error.problems.length, 2);
  assert.deepEqual([error.code, error.path, String(error.origin)], ['SC0301', undefined, 'broken.toml:1:5']);
  const [syntax, value] = error.problems;
  assert.deepEqual({ ...syntax.origin }, { kind: 'text', file: 'broken.toml', line: 1, column: 5, start: 4, end: 5 });
  assert.deepEqual([value.code, value.path, value.kind, value.severity], ['SC0102', 'port', 'value', 'error']);
  assert.deepEqual({ ...value.origin }, { kind: 'variable', variable: 'APP_PORT' });
  assert.equal(error.message.split('\n').length, 2);
  assert.ok(error.message.startsWith('broken.toml:1:5: error[SC0301]'));
  assert.ok(error.report.includes(' --> variable APP_PORT') && error.report.endsWith('2 errors'));
  assert.deepEqual(error.warnings, []);
  assert.ok(Object.isFrozen(error.problems) && Object.isFrozen(syntax) && Object.isFrozen(syntax.origin));
});

test('its stack begins with the whole report and then says who loaded', () => {
  const error = thrown(() => broken().build());
  assert.ok(error.stack.startsWith(`ConfigError: ${error.report}\n    at `));
  assert.match(error.stack.slice(error.report.length), /errors\.test\.mjs/);
  assert.doesNotMatch(error.stack, /builder\.cjs/);
  assert.ok(inspect(error).includes(error.report));
});

test('for machines it is what the core writes', () => {
  const { problems, warnings, context } = JSON.parse(JSON.stringify(thrown(() => broken().build())));
  assert.deepEqual([warnings, context], [[], []]);
  assert.deepEqual(Object.keys(problems[0]).sort(), [
    'causes', 'code', 'help', 'kind', 'message', 'origin', 'path', 'severity',
  ]);
  assert.deepEqual(problems[1].origin, { kind: 'variable', variable: 'APP_PORT' });
  assert.equal(problems[0].path, null);
});

test('a missing file says why', () => {
  const error = thrown(() => createConfig().withFile('nowhere/app.toml').build());
  assert.equal(error.code, 'SC0401');
  assert.match(error.message, /nowhere/);
});

test('no secret is in an error', () => {
  const builder = createConfig()
    .withSecret('**.password')
    .withText('toml', '[db]\npassword = 1\nport = 2', 'app.toml')
    .withEnv('APP_')
    .withEnvVars({ APP_DB_PASSWORD: 'hunter2', APP_DB_PORT: 'hunter3' });
  const error = thrown(() => builder.build());
  for (const text of [error.message, error.report, error.stack, inspect(error), JSON.stringify(error), inspect(error.problems)]) {
    assert.doesNotMatch(text, /hunter2/);
  }
  assert.match(error.message, /hunter3/);
});

test('errors of explain come with advice', () => {
  const config = createConfig({ database: { url: 'x' } });
  assert.match(String(config.explain('database.url')), /^database\.url = "x"/);
  const error = thrown(() => config.explain('database.ulr'));
  assert.ok(error instanceof ConfigError);
  assert.equal(error.code, 'SC0801');
});

/** A Standard Schema as zod and valibot make them, of a function that gives issues. */
const schema = (issues, make = (value) => value) => ({
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => {
      const found = issues(value);
      return found.length > 0 ? { issues: found } : { value: make(value) };
    },
  },
});

test('a schema makes the values', async () => {
  const config = createConfig({ port: 80 });
  const doubled = schema(() => [], ({ port }) => ({ port: port * 2 }));
  assert.deepEqual(config.extract(doubled), { port: 160 });
  assert.deepEqual(await config.extractAsync(doubled), { port: 160 });
  assert.deepEqual(await config.extractAsync(), { port: 80 });
});

test('what a schema refuses has its place in the file', () => {
  const config = createConfig()
    .withText('toml', 'port = 80\n[[servers]]\nhost = "x"', 'app.toml')
    .withOverride('name', 'me')
    .build();
  const refuse = schema(() => [
    { message: 'below 1024', path: ['port'] },
    { message: 'no such host', path: ['servers', { key: 0 }, { key: 'host' }] },
    { message: 'too short', path: ['name'] },
    { message: 'required', path: ['servers', 0, 'port'] },
    { message: 'odd as a whole' },
  ]);
  const error = thrown(() => config.extract(refuse));
  assert.ok(error instanceof ConfigError);
  assert.ok(error.problems.every(({ code }) => code === 'SC0106'));
  const said = error.problems.map(({ path, message, origin }) => `${origin}: ${path}: ${message}`);
  assert.deepEqual(said.sort(), [
    'an override in the program: name: too short',
    'app.toml:1:8: port: below 1024',
    // Where nothing is, the place is that of the table that it is missing in.
    'app.toml:2:1: servers[0].port: required',
    'app.toml:3:8: servers[0].host: no such host',
    'undefined: undefined: odd as a whole',
  ]);
  assert.ok(error.report.includes('1 | port = 80'));
});

test('what a schema says of a secret is withheld', () => {
  const config = createConfig().withText('toml', 'key = "hunter2"', 'app.toml').withSecret('key').build();
  const repeats = schema(({ key }) => [{ message: `not ${key}`, path: ['key'] }]);
  const error = thrown(() => config.extract(repeats));
  assert.equal(String(error.origin), 'app.toml:1:7');
  assert.doesNotMatch(error.stack + error.message + JSON.stringify(error), /hunter2/);
});

test('a schema that says nothing, or not where, is a TypeError that says so', () => {
  const config = createConfig({ a: 1 });
  const says = (result) => ({ '~standard': { version: 1, vendor: 'test', validate: () => result } });
  assert.throws(() => config.extract(says(undefined)), {
    name: 'TypeError',
    message: 'what the schema says must be an object with the value or the issues; it is undefined',
  });
  assert.throws(() => config.extract(says({ issues: [{ message: 'no', path: 'a.b' }] })), {
    name: 'TypeError',
    message: "the path of an issue must be an array; it is 'a.b'",
  });
  assert.throws(() => config.extract(says({ issues: 'no' })), {
    name: 'TypeError',
    message: "the issues of a schema must be an array; it is 'no'",
  });
});

test('what a schema says of a whole table repeats no secret in it, be it declared or named', () => {
  const text = '[database]\npassword = "hunter2"';
  const declared = { type: 'object', properties: { password: { type: 'string', writeOnly: true } } };
  for (const builder of [
    createConfig().withSecret('**.password'),
    createConfig().withSchema({ type: 'object', properties: { database: declared } }),
  ]) {
    const config = builder.withText('toml', text, 'app.toml').build();
    const repeats = schema(({ database }) => [
      { message: `db: ${database.password}`, path: ['database'] },
      { message: `too short: ${database.password}`, path: ['database', 'password'] },
      { message: `all: ${database.password}` },
    ]);
    const error = thrown(() => config.extract(repeats));
    assert.doesNotMatch(error.stack + JSON.stringify(error), /hunter2/);
    assert.ok(error.problems.some(({ message }) => message === 'db: [redacted]'));
    assert.ok(error.problems.some(({ message }) => message === 'all: [redacted]'));
  }
});

test('advice is in the words of this package', () => {
  const folder = createConfig().withFile('.');
  const text = (text) => createConfig().withText('toml', text, 'app.toml');
  for (const [builder, advice] of [
    [createConfig().withFile('none.toml'), 'use `withFileOpt` if it may be missing'],
    [folder, 'read all of its files by `withGlob`'],
    [text(`a = ${'['.repeat(300)}`), 'raise the limit by `withLimits({ depth: … })`'],
    [text('').withSchema({}).withSecret('a'), '`withSecret` is for configurations without a schema'],
    [text('a = 1').selectProfile('none'), 'app.toml has no section [profile.none]'],
  ]) {
    const { report } = thrown(() => builder.build());
    assert.ok(report.includes(advice), report);
    assert.doesNotMatch(report, /Limits::|profiles\(|with_/);
  }
});

test('the last word on strictness counts', () => {
  const builder = createConfig().withText('toml', 'port = 1', 'app.toml');
  builder.withEnv('APP_').withEnvVars({ APP_PORT__X: '1' }).strict();
  assert.equal(thrown(() => builder.build()).code, 'SC0204');
  assert.equal(builder.strict(false).build().warnings.length, 1);
});

test('a schema that is asynchronous needs a promise', async () => {
  const config = createConfig({ port: 80 });
  const later = { '~standard': { version: 1, vendor: 'test', validate: async (value) => ({ value }) } };
  assert.throws(() => config.extract(later), { name: 'TypeError', message: /use extractAsync/ });
  assert.deepEqual(await config.extractAsync(later), { port: 80 });
  const refused = { '~standard': { version: 1, vendor: 'test', validate: async () => ({ issues: [{ message: 'no' }] }) } };
  await assert.rejects(config.extractAsync(refused), { code: 'SC0106' });
  const own = new Error('mine');
  const throws = schema(() => {
    throw own;
  });
  assert.equal(thrown(() => config.extract(throws)), own);
  for (const wrong of [{}, null, 1, (value) => value, { '~standard': {} }]) {
    assert.throws(() => config.extract(wrong), { name: 'TypeError', message: /must be a Standard Schema/ });
  }
});

test('an error that nobody catches shows the whole report, on standard error', async () => {
  const { code, stdout, stderr } = await run(`
    import { createConfig } from 'superconfig';
    createConfig().withText('toml', 'a = = 1', 'app.toml').build();
  `);
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /error\[SC0301\]: a second `=`\n --> app\.toml:1:5\n/);
});
