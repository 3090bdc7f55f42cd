// Prints the resident memory of one of many handles, in KiB. `run.mjs` starts it.

import { rmSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import superconfig from '../lib/index.cjs';
import { folder, toml } from './job.mjs';

const file = () => superconfig.createConfig().withFile(toml).withEnv('APP_').build();
const read = () => {
  const config = file();
  if (config.value.http.port !== 9000) {
    throw new Error('these are not the values');
  }
  return config;
};
const [make, count] = {
  small: [() => superconfig.createConfig({ port: 80 }), 50_000],
  file: [file, 4_000],
  read: [read, 4_000],
}[process.argv[2]];

async function resident() {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc();
    await turn();
  }
  return process.memoryUsage().rss;
}

// The first ones fill what is kept for later.
const all = Array.from({ length: count / 4 }, make);
const before = await resident();
for (let at = 0; at < count; at += 1) {
  all.push(make());
}
const after = await resident();
console.log(((after - before) / count / 1024).toFixed(1));
rmSync(folder, { recursive: true });
if (all.length !== count * 1.25) {
  process.exitCode = 1;
}
