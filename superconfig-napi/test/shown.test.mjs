// What is shown to people.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ConfigRegistry, createConfig } from 'superconfig';

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
    config.explain('db.password'),
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
