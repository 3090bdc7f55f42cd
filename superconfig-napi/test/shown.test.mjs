// What is shown to people.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { ConfigRegistry, Explanation, createConfig } from 'superconfig';
import { directory } from '../testing/help.mjs';

const config = createConfig()
  .withText('toml', 'big = 9223372036854775807\nnan = nan\n[db]\npassword = "hunter2"\nport = 80', 'app.toml')
  .withSecret('**.password')
  .build();

test('secrets are redacted wherever values are shown', () => {
  const shown = [
    inspect(config),
    inspect(config, { depth: 9, showHidden: true }),
    inspect({ config }),
    JSON.stringify(config),
    String(config),
    `${config}`,
    config.report(),
    String(config.explain('db.password')),
    inspect(config.explain('db.password'), { showHidden: true }),
    JSON.stringify(config.explain('db')),
    JSON.stringify(config.explain('db.password')),
    ...['toml', 'json', 'yaml'].map((format) => config.toText(format)),
  ];
  for (const text of shown) {
    assert.doesNotMatch(text, /hunter2/);
    assert.match(text, /\[redacted\]/);
  }
});

test('the program has them', () => {
  assert.equal(config.value.db.password, 'hunter2');
  assert.equal(config.get('db.password'), 'hunter2');
  assert.equal(config.extract().db.password, 'hunter2');
  assert.match(config.toString({ exposeSecrets: true }), /hunter2/);
  assert.match(config.toText('toml', { exposeSecrets: true }), /password = "hunter2"/);
});

test('a handle shows as its values', () => {
  assert.equal(
    inspect(config, { breakLength: Infinity }),
    "ConfigHandle { big: 9223372036854775807n, nan: NaN, db: { password: '[redacted]', port: 80 } }",
  );
  assert.equal(inspect({ config }, { depth: 0 }), '{ config: [Object] }'.replace('[Object]', inspect(config, { depth: -1 })));
});

test('the other things show what they are', () => {
  assert.equal(inspect(createConfig().withFile('a.toml').withEnv('APP_')), "ConfigBuilder [ 'file', 'env' ]");
  const registry = new ConfigRegistry();
  const handle = registry.createConfig({ a: 1 });
  assert.equal(inspect(registry), 'ConfigRegistry { handles: 1 }');
  const watch = handle.watch();
  watch.stop();
  assert.equal(inspect(watch), "ConfigWatch { health: 'not watching: stopped' }");
});

test('JSON takes what it has no values for as texts', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(config)), {
    big: '9223372036854775807',
    nan: 'NaN',
    db: { password: '[redacted]', port: 80 },
  });
  assert.deepEqual(config.toJSON(), JSON.parse(JSON.stringify(config)));
  assert.deepEqual(createConfig({ a: -Infinity }).toJSON(), { a: '-inf' });
});

test('the texts of a format load again', () => {
  for (const format of ['toml', 'json', 'yaml']) {
    const text = createConfig({ a: { b: [1, 'x', 0.5] }, c: true }).toText(format);
    assert.deepEqual(createConfig().withText(format, text).build().value, { a: { b: [1, 'x', 0.5] }, c: true });
  }
});

test('an explanation is a text to people and data to programs', () => {
  const config = createConfig()
    .withText('toml', 'plugins = ["core"]\n[db]\nport = 80', 'app.toml')
    .withText('toml', 'plugins_add = ["http"]\n[profile.eu.db]\nport = 82', 'more.toml')
    .withEnv('APP_')
    .withEnvVars({ APP_DB__PORT: '81' })
    .build();
  const explained = config.explain('db.port');
  assert.ok(explained instanceof Explanation && Object.isFrozen(explained) && Object.isFrozen(explained.statements[0]));
  assert.match(`${explained}`, /^db\.port = 81\n/);
  assert.deepEqual([inspect(explained), format('%s', explained)], [String(explained), String(explained)]);
  assert.deepEqual([explained.path, explained.value, explained.variables], ['db.port', 81, ['APP_DB__PORT']]);
  assert.deepEqual({ ...explained.origin }, { kind: 'variable', variable: 'APP_DB__PORT' });
  const told = explained.statements.map(({ said, value, verdict, origin, by, profile }) => [
    said, value, verdict, String(origin), by && String(by), profile,
  ]);
  assert.deepEqual(told, [
    ['set', 81, 'won', 'variable APP_DB__PORT', undefined, undefined],
    ['set', 80, 'overridden', 'app.toml:3:8', 'variable APP_DB__PORT', undefined],
    ['set', 82, 'not_selected', 'more.toml:3:8 (profile eu)', undefined, 'eu'],
  ]);
  const plugins = config.explain('plugins');
  assert.deepEqual(
    plugins.statements.map(({ said, after }) => [said, after]),
    [['add', ['core', 'http']], ['set', ['core']]],
  );
  assert.deepEqual(
    plugins.parts.map(({ path, value, origin }) => [path, value, String(origin)]),
    [['[0]', 'core', 'app.toml:1:12'], ['[1]', 'http', 'more.toml:1:16']],
  );
});

test('what an explanation does not have is left out, and JSON takes all of it', () => {
  const explained = createConfig({ none: null, big: 2n ** 64n }).explain('');
  assert.deepEqual(explained.value, { none: null, big: 2n ** 64n });
  assert.deepEqual(Object.keys(explained).filter((name) => ['doc', 'type', 'pending', 'origin'].includes(name)), []);
  const parsed = JSON.parse(JSON.stringify(explained));
  assert.deepEqual(parsed.value, { none: null, big: String(2n ** 64n) });
  assert.equal(createConfig({ none: null }).explain('none').value, null);
  const schema = { type: 'object', properties: { port: { type: 'integer', description: 'Port to listen on.' } } };
  const unset = createConfig().withSchema(schema).build().explain('port');
  assert.deepEqual([unset.doc, unset.origin], ['Port to listen on.', undefined]);
  assert.match(unset.type, /integer/);
});

test('an explanation says which files were looked for', (context) => {
  const here = directory(context);
  const { places } = createConfig().withDirectory(here).withFileOpt('a.toml').withDefaults({ a: 1 }).build().explain('a');
  assert.deepEqual(places, [{ path: join(here, 'a.toml'), found: false }]);
});
