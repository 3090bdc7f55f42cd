// Reloading and watching, on real files.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ConfigChange, ConfigError, createConfig } from 'superconfig';
import { awaited, event, file, thrown } from '../testing/help.mjs';

const QUICK = { debounce: 10, maxWait: 50 };

/** A handle of a file, and the file. */
function living(context, text) {
  const { path, save } = file(context, text);
  const config = createConfig().withFile(path).withSecret('key').build();
  context.after(() => config.close());
  return { config, path, save };
}

test('a reload gives what changed', (context) => {
  const { config, path, save } = living(context, 'port = 1\nlist = ["a"]\nkey = "hunter2"\ngone = 1');
  const before = config.value;
  assert.equal(config.reload(), null);
  assert.equal(config.value, before);
  save('port = 2\nlist = ["a", "b"]\nkey = "hunter3"\nnew = { a = 9007199254740993 }');
  const change = config.reload();
  assert.ok(change instanceof ConfigChange);
  assert.deepEqual([change.generation, config.generation, config.get('port')], [2, 2, 2]);
  assert.notEqual(config.value, before);
  assert.equal(before.port, 1);
  const said = Object.fromEntries(change.changed.map(({ path, ...rest }) => [path, rest]));
  assert.deepEqual(Object.keys(said), ['port', 'list', 'key', 'new.a', 'gone']);
  assert.deepEqual([said.port.old, said.port.new], [1, 2]);
  assert.deepEqual([said.key.old, said.key.new], ['[redacted]', '[redacted]']);
  assert.equal(said['new.a'].new, 9007199254740993n);
  assert.ok(!('old' in said['new.a']) && !('new' in said.gone));
  assert.equal(String(said.port.newOrigins[0]), `${path}:1:8`);
  assert.deepEqual([change.oldValue, change.value], [before, config.value]);
  assert.ok(Object.isFrozen(change.value) && Object.isFrozen(change.changed));
  assert.deepEqual(['port', 'new.*', '**', 'host'].map((pattern) => change.touches(pattern)), [true, true, true, false]);
  for (const text of [String(change), JSON.stringify(change), inspect(change, { depth: 9 })]) {
    assert.match(text, /redacted/);
    assert.doesNotMatch(text, /hunter/);
  }
  assert.equal(JSON.parse(JSON.stringify(change)).changed[3].new, '9007199254740993');
});

test('a bad file leaves the last good configuration', async (context) => {
  const { config, save } = living(context, 'port = 1');
  const errors = [];
  config.on('error', (error) => errors.push(error));
  const { value } = config;
  save('port = ');
  const error = thrown(() => config.reload());
  assert.ok(error instanceof ConfigError);
  assert.equal(config.value, value);
  assert.equal(config.lastReloadError.message, error.message);
  assert.deepEqual(errors.map(({ message }) => message), [error.message]);
  await assert.rejects(config.reloadAsync(), ConfigError);
  assert.equal(errors.length, 1, 'the same files with the same errors are told once');
  save('port = 2');
  assert.equal((await config.reloadAsync()).value.port, 2);
  assert.equal(config.get('port'), 2);
  assert.equal(config.lastReloadError, null);
});

test('listeners are called before reload returns, once, in their order', (context) => {
  const { config, save } = living(context, 'a = 1\n[b]\nc = 1');
  const calls = [];
  config
    .on('change', function (change) {
      assert.equal(this, config);
      assert.equal(change.value.a, config.get('a'));
      calls.push('on');
    })
    .once('change', () => calls.push('once'));
  const end = config.onChange('b.*', () => calls.push('b'));
  const off = () => calls.push('off');
  config.on('change', off).off('change', off);
  save('a = 2\n[b]\nc = 1');
  config.reload();
  assert.deepEqual(calls, ['on', 'once']);
  save('a = 2\n[b]\nc = 2');
  config.reload();
  assert.deepEqual(calls, ['on', 'once', 'on', 'b']);
  end();
  save('a = 2\n[b]\nc = 3');
  config.reload();
  assert.deepEqual(calls.slice(4), ['on']);
  save('a = 2 # nothing else\n[b]\nc = 3');
  assert.deepEqual(config.reload().changed, []);
  assert.deepEqual(calls.slice(5), [], 'no setting is another');
});

test('a listener that throws is told to those for errors, and others are called', async (context) => {
  const { config, save } = living(context, 'a = 1');
  const [mine, later] = [new Error('mine'), new Error('later')];
  const errors = [];
  let others = 0;
  config.on('change', () => {
    throw mine;
  });
  config.on('change', async () => {
    throw later;
  });
  config.on('change', () => (others += 1));
  config.on('error', (error) => errors.push(error));
  save('a = 2');
  assert.equal(config.reload().value.a, 2);
  assert.equal(others, 1);
  await turn();
  assert.deepEqual(errors, [mine, later]);
});

test('a listener that reloads is told of that afterwards', (context) => {
  const { config, save } = living(context, 'a = 1');
  const seen = [[], []];
  for (const list of seen) {
    config.on('change', (change) => {
      list.push(change.value.a);
      if (change.value.a < 5) {
        save(`a = ${change.value.a + 1}`);
        config.reload();
      }
    });
  }
  save('a = 2');
  config.reload();
  for (const list of seen) {
    assert.deepEqual(list, [...list].sort(), 'nobody goes backwards');
    assert.equal(list.at(-1), 5);
  }
});

test('a watch reloads when the file is saved', async (context) => {
  const { config, path, save } = living(context, 'a = 1');
  const watch = config.watch(QUICK);
  const { value } = config;
  const [changed] = [event(config, 'change')];
  save('a = 2');
  const change = await changed;
  assert.deepEqual([change.value.a, config.get('a'), value.a], [2, 2, 1]);
  assert.equal(typeof watch.health, 'string');

  const failed = event(config, 'error');
  save('a = ');
  assert.ok((await failed) instanceof ConfigError);
  assert.equal(config.get('a'), 2);
  assert.ok(config.lastReloadError.message.startsWith(path));

  const mended = event(config, 'change');
  rmSync(path);
  save('a = 3');
  assert.equal((await mended).value.a, 3);
  watch.stop();
  watch.stop();
  assert.equal(watch.health, 'not watching: stopped');
});

test('the value stays what it is while a function runs', async (context) => {
  const { config, save } = living(context, 'a = 1');
  config.watch(QUICK);
  const { value } = config;
  const changed = event(config, 'change');
  save('a = 2');
  // A whole reload takes place meanwhile, and this thread does not look.
  while (config.generation === 1) {
    assert.equal(config.value, value);
  }
  assert.equal(config.value, value);
  assert.equal((await changed).value.a, 2);
  assert.equal(config.value.a, 2);
});

test('changes are an iterator, and who is slow gets one for all', async (context) => {
  const { config, save } = living(context, 'a = 1');
  const changes = config.changes();
  for (const a of [2, 3, 4]) {
    save(`a = ${a}`);
    config.reload();
  }
  const { value: change } = await changes.next();
  assert.deepEqual([change.oldValue.a, change.value.a, change.generation], [1, 4, 4]);
  const next = changes.next();
  save('a = 5');
  config.reload();
  assert.equal((await next).value.value.a, 5);
  const [left, right] = [changes.next(), changes.next()];
  assert.deepEqual(await changes.return('done'), { value: 'done', done: true });
  assert.deepEqual([await left, await right, await changes.next()], Array(3).fill({ value: undefined, done: true }));
});

test('for await sees the changes of a watch until it breaks', async (context) => {
  const { config, save } = living(context, 'a = 0');
  config.watch(QUICK);
  const seen = [];
  const loop = (async () => {
    for await (const change of config.changes()) {
      seen.push(change.value.a);
      if (change.value.a === 3) {
        break;
      }
      save(`a = ${change.value.a + 1}`);
    }
  })();
  save('a = 1');
  await awaited(loop);
  assert.deepEqual(seen, [1, 2, 3]);
});

test('a signal ends an iterator as in Node.js', async (context) => {
  const { config } = living(context, 'a = 1');
  const controller = new AbortController();
  const changes = config.changes({ signal: controller.signal });
  const next = changes.next();
  controller.abort(new Error('enough'));
  await assert.rejects(next, (error) => error.name === 'AbortError' && error.cause.message === 'enough');
  assert.deepEqual(await changes.next(), { value: undefined, done: true });
  for (const reason of [undefined, new Error('enough')]) {
    const isAborted = (error) => error.name === 'AbortError' && (reason === undefined || error.cause === reason);
    assert.throws(() => config.changes({ signal: AbortSignal.abort(reason) }), isAborted);
  }
  // The same where nobody waited when the signal came.
  const late = new AbortController();
  const slow = config.changes({ signal: late.signal });
  late.abort();
  await assert.rejects(slow.next(), { name: 'AbortError' });
  assert.deepEqual(await slow.next(), { value: undefined, done: true });
});

test('a listener for each of many settings is no leak', async (context) => {
  const { config } = living(context, 'a = 1');
  const warnings = [];
  const warned = (warning) => warnings.push(warning.name);
  process.on('warning', warned);
  for (let at = 0; at < 50; at += 1) {
    config.onChange(`a${at}`, () => {});
  }
  await turn();
  process.off('warning', warned);
  assert.deepEqual(warnings, []);
});

test('events.once and using work', async (context) => {
  const { config, save } = living(context, 'a = 1');
  const event = once(config, 'change');
  save('a = 2');
  config.reload();
  assert.equal((await event)[0].value.a, 2);
  const watch = config.watch(QUICK);
  watch[Symbol.dispose]();
  assert.equal(watch.health, 'not watching: stopped');
  const other = config.watch(QUICK);
  await other[Symbol.asyncDispose]();
  assert.equal(other.health, 'not watching: stopped');
});

test('what is closed can still be read, and is told nothing', async (context) => {
  const { config, save } = living(context, 'a = 1');
  const watch = config.watch(QUICK);
  const next = config.changes().next();
  let calls = 0;
  config.on('change', () => (calls += 1));
  await config[Symbol.asyncDispose]();
  assert.deepEqual(await next, { value: undefined, done: true });
  assert.equal(watch.health, 'not watching: stopped');
  assert.equal(config.value.a, 1);
  save('a = 2');
  assert.equal(config.reload().value.a, 2);
  assert.equal(calls, 0);
  config.close();
  config[Symbol.dispose]();
  config.on('change', () => (calls += 1));
  save('a = 3');
  config.reload();
  assert.equal(calls, 1, 'it may be listened to again');
});

test('several handles of one thread do not mix', async (context) => {
  const all = Array.from({ length: 5 }, (_, index) => living(context, `a = ${index}`));
  const events = all.map(({ config }) => {
    config.watch(QUICK);
    return event(config, 'change');
  });
  all.forEach(({ save }, index) => save(`a = ${index + 10}`));
  const changes = await Promise.all(events);
  assert.deepEqual(changes.map((change) => change.value.a), [10, 11, 12, 13, 14]);
});
