// Loads a configuration a million times, in every way there is, and looks whether memory grows.
//
//     node --expose-gc scripts/leaks.mjs [COUNT]
//
// It prints the resident memory as it goes, and fails where it has grown by a tenth since half of them were done.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { ConfigRegistry, createConfig } from 'superconfig';

const count = Number(process.argv[2] ?? 1_000_000);
const parts = 20;
const directory = mkdtempSync(join(tmpdir(), 'superconfig-'));
const path = join(directory, 'app.toml');
const registry = new ConfigRegistry();
const living = createConfig().withFileOpt(path).build();

async function load(round) {
  const config = registry.createConfig().withFile(path).withOverride('round', round).build();
  config.get('http.port');
  config.extract();
  registry.createConfig({ round, text: 'x'.repeat(100) }).get('text');
  if (round % 50 === 0) {
    await registry.createConfig().withFile(path).buildAsync();
    String(config.explain('http.port')) + JSON.stringify(config) + config.toText('yaml');
    try {
      registry.createConfig().withText('toml', 'a = = 1').build();
    } catch (error) {
      error.problems.map(({ origin }) => String(origin));
    }
  }
  if (round % 500 === 0) {
    writeFileSync(path, `[http]\nport = ${round}\nhosts = ["a", "b"]\n`);
    config.on('change', () => {});
    config.changes().next();
    config.reload();
    living.reload();
  }
  if (round % 5000 === 0) {
    config.watch().stop();
  }
}

writeFileSync(path, '[http]\nport = 80\n');
const resident = [];
for (let round = 0; round < count; round += 1) {
  await load(round);
  if (round % 100 === 0) {
    // Finalizers run between turns.
    await turn();
  }
  if ((round + 1) % Math.ceil(count / parts) === 0) {
    globalThis.gc();
    await turn();
    const bytes = process.memoryUsage().rss;
    resident.push(bytes);
    console.log(`${round + 1} loads, ${(bytes / 2 ** 20).toFixed(1)} MiB, ${registry.stats().totalHandles} handles`);
  }
}
rmSync(directory, { recursive: true });

// The first half fills caches, and the heap of JavaScript grows in steps.
const mean = (all) => all.reduce((sum, bytes) => sum + bytes, 0) / all.length;
const [before, after] = [mean(resident.slice(9, 13)), mean(resident.slice(-4))];
console.log(`from ${(before / 2 ** 20).toFixed(1)} to ${(after / 2 ** 20).toFixed(1)} MiB`);
process.exitCode = after > before * 1.1 ? 1 : 0;
