// A play in four acts: the file of a running service is changed, broken and mended, while clients ask it for pages without
// a pause. The service in Rust plays the same (`examples/service/play.rs`).

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { directory, load, service } from '../service.mjs';

/** A copy of the file, and a function that saves it as editors do, with another rate. */
function stage(context) {
  const folder = mkdtempSync(join(tmpdir(), 'superconfig-play-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const original = readFileSync(join(directory, 'config.toml'), 'utf8');
  assert.ok(original.includes('rps = 150.5'));
  const rewrite = (rate) => {
    writeFileSync(join(folder, 'config.toml.new'), original.replace('rps = 150.5', rate));
    renameSync(join(folder, 'config.toml.new'), join(folder, 'config.toml'));
  };
  rewrite('rps = 150.5');
  return { folder, rewrite };
}

test('a service lives from its file', async (context) => {
  const { folder, rewrite } = stage(context);
  const config = load(folder, { env: {} });
  config.watch({ debounce: 20 });
  const app = service(config);
  context.after(() => app.close());
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const ask = async (page) => (await fetch(`${address}${page}`)).text();
  const rate = async () => JSON.parse(await ask('/config')).server.requests_per_second;

  const tally = { answered: 0, failed: 0, open: true };
  const client = async () => {
    while (tally.open) {
      tally[typeof (await rate().catch(() => 'no answer')) === 'number' ? 'answered' : 'failed'] += 1;
    }
  };
  const clients = [client(), client(), client(), client()];
  assert.equal(await rate(), 150.5);
  assert.equal(await ask('/health'), 'ok');

  // Somebody changes the file.
  let change = once(config, 'change');
  rewrite('rps = 300');
  [change] = await change;
  assert.equal(String(change).split('\n')[1].trim(), 'server.limits.rate.rps: 150.5 -> 300');
  assert.equal(await rate(), 300);

  // Somebody breaks it.
  rewrite('rps = = 300');
  while ((await ask('/health')) === 'ok');
  assert.match(await ask('/health'), /config\.toml:16:7: error\[SC0301\]: a second `=`/);
  assert.equal(await rate(), 300);

  // And mends it.
  change = once(config, 'change').catch(() => once(config, 'change'));
  rewrite('rps = 450');
  await change;
  assert.equal(await ask('/health'), 'ok');
  assert.equal(await rate(), 450);

  tally.open = false;
  await Promise.all(clients);
  assert.equal(tally.failed, 0, `of ${tally.answered}`);
});

test('it loads what the service in Rust loads', () => {
  const config = load(directory, { env: { ORDERS_PROFILE: 'production', ORDERS_SERVER_PORT: '9000' }, args: ['--set', 'app.name=mine'] });
  assert.equal(config.get('server.port'), 9000);
  assert.equal(config.get('app.name'), 'mine');
  assert.match(config.origin('database.url').file, /config\.production\.toml$/);
  assert.doesNotMatch(`${config}${config.report()}`, /only-for-development/);
});
