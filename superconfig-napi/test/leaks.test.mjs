// Whether memory grows. `scripts/leaks.mjs` does the same a million times.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { ConfigRegistry } from 'superconfig';
import { file, thrown } from '../testing/help.mjs';

async function collected(condition) {
  for (let round = 0; round < 50 && !condition(); round += 1) {
    globalThis.gc();
    await turn();
  }
  return condition();
}

test('handles go when nobody refers to them', async (context) => {
  const { path, save } = file(context, 'a = 1');
  const registry = new ConfigRegistry();
  const build = () => registry.createConfig().withFile(path).build();
  for (let round = 0; round < 200; round += 1) {
    const config = build();
    config.get('a');
    registry.createConfig({ round, list: [1, 2, 3] });
    thrown(() => registry.createConfig().withText('toml', 'a =').build());
    if (round % 20 === 0) {
      config.on('change', () => config.value);
      config.changes().next();
      save(`a = ${round}`);
      config.reload();
      config.watch().stop();
    }
    await registry.createConfig().withFile(path).buildAsync();
  }
  assert.ok(await collected(() => registry.stats().totalHandles === 0), `${registry.stats().totalHandles} are left`);
});

test('a handle that is watched stays, and goes when it is closed', async (context) => {
  const { path } = file(context, 'a = 1');
  const registry = new ConfigRegistry();
  const close = (() => {
    const config = new WeakRef(registry.createConfig().withFile(path).build());
    config.deref().watch();
    config.deref().on('change', () => {});
    return () => config.deref().close();
  })();
  await turn();
  globalThis.gc();
  await turn();
  globalThis.gc();
  assert.equal(registry.stats().totalHandles, 1);
  close();
  assert.ok(await collected(() => registry.stats().totalHandles === 0));
});
