// Measures, and prints tables in Markdown.
//
//     npm ci && npm run build --prefix .. && node --expose-gc run.mjs [--quick]
//
// `cargo xtask bench --node` does that, and puts the tables into docs/PERFORMANCE.md. All are measured in turn in one
// process, by its processor time; what counts are the ratios of a round.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { contenders, convicts, superconfigs } from './contenders.mjs';
import { expected, folder } from './job.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 15 : 60;
const { ConfigRegistry, createConfig } = createRequire(import.meta.url)('../lib/index.cjs');

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, part) => sorted(numbers)[Math.round((numbers.length - 1) * part)];
const median = (numbers) => quantile(numbers, 0.5);

/** The processor time of some calls, in microseconds a call. */
async function cost(call, times) {
  const start = process.cpuUsage();
  for (let at = 0; at < times; at += 1) {
    const result = call();
    if (typeof result?.then === 'function') {
      await result;
    }
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / times;
}

/** Frees what was left behind, so that the next one does not pay for it: threads of the collector go on sweeping for a while. */
async function settle() {
  globalThis.gc();
  await sleep(10);
}

async function loads() {
  for (const [name, load] of Object.entries(contenders)) {
    assert.deepEqual(JSON.parse(JSON.stringify(await load())), expected, name);
  }
  const figures = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, load] of Object.entries(contenders)) {
      figures[name].push(await cost(load, 20));
      await settle();
    }
  }
  const base = figures['smol-toml by hand'];
  const rows = Object.entries(figures).map(([name, times]) => {
    const ratios = times.map((time, round) => time / base[round]);
    const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(ratios, part).toFixed(2));
    return `| ${name} | **${middle}** (${low}–${high}) | ${median(times).toFixed(0)} µs |`;
  });
  return ['| | by smol-toml | a load |', '| --- | --- | ---: |', ...rows].join('\n');
}

/** What reads are worth, so that none is left out as useless. */
let sink = 0;

/** Nanoseconds of an expression over `it`, in the quickest of some rounds. Each has a loop of its own, for engines learn. */
function nanoseconds(it, expression, times = 200_000) {
  const body = `let sum = 0; for (let at = 0; at < times; at += 1) sum += ${expression}; return sum;`;
  const loop = new Function('it', 'times', body);
  sink += loop(it, times);
  const rounds = Array.from({ length: quick ? 5 : 15 }, () => {
    const start = process.hrtime.bigint();
    sink += loop(it, times);
    return Number(process.hrtime.bigint() - start) / times;
  });
  return Math.min(...rounds);
}

async function reads() {
  const { default: nodeConfig } = await import('config');
  const config = superconfigs().build();
  const paths = Object.keys(expected).map((table) => `${table}.port`);
  const it = { plain: structuredClone(expected), value: config.value, config, convict: convicts(), nodeConfig, paths };
  const rows = [
    ['`object.database.port`, a plain object', 'it.plain.database.port'],
    ['`value.database.port`, the frozen object', 'it.value.database.port'],
    ['`config.value.database.port`', 'it.config.value.database.port'],
    ["`config.get('database.port')`", "it.config.get('database.port')"],
    ["convict, `get('database.port')`", "it.convict.get('database.port')"],
    ["node-config, `get('database.port')`", "it.nodeConfig.get('database.port')"],
  ].map(([name, expression]) => [name, nanoseconds(it, expression)]);
  const many = nanoseconds(it, 'it.config.getMany(it.paths).length', 20_000) / paths.length;
  rows.push([`\`config.getMany\` of ${paths.length} paths, a path`, many]);
  return ['| a read | |', '| --- | ---: |', ...rows.map(([name, time]) => `| ${name} | ${time.toFixed(1)} ns |`)].join('\n');
}

async function handles() {
  const registry = new ConfigRegistry();
  const making = async (make) => {
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await cost(make, 500));
      await settle();
    }
    return median(times);
  };
  const small = await making(() => registry.createConfig({ port: 80 }));
  const builder = await making(() => registry.createConfig().withText('toml', 'a = 1').build());
  const rows = [
    ['`createConfig({ port: 80 })`', `${small.toFixed(1)} µs`],
    ['`createConfig().withText(…).build()`, one setting', `${builder.toFixed(1)} µs`],
  ];
  for (const [name, kind] of [
    ['memory of `createConfig({ port: 80 })`', 'small'],
    ['memory of a handle of the file', 'file'],
    ['the same, when its values were read', 'read'],
  ]) {
    rows.push([name, `${memory(kind)} KiB`]);
  }
  return ['| a handle | |', '| --- | ---: |', ...rows.map(([name, text]) => `| ${name} | ${text} |`)].join('\n');
}

/** Resident memory of one of many handles in KiB, in a process of its own. */
function memory(kind) {
  const program = fileURLToPath(new URL('memory.mjs', import.meta.url));
  return execFileSync(process.execPath, ['--expose-gc', program, kind], { encoding: 'utf8' }).trim();
}

async function versions() {
  const require = createRequire(import.meta.url);
  const { dependencies } = require('./package.json');
  const named = Object.entries(dependencies).map(([name, version]) => `${name === 'config' ? 'node-config' : name} ${version}`);
  return `${cpus()[0].model}, ${cpus().length} cores, ${process.platform}; Node.js ${process.version}, ${named.join(', ')}. All results were equal.`;
}

const tables = [await loads(), await reads(), await handles(), await versions()];
rmSync(folder, { recursive: true });
assert.ok(Number.isFinite(sink));
console.log(tables.join('\n\n'));
