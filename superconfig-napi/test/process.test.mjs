// The package in a process: how it ends, what it writes, threads, both kinds of modules.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as superconfig from 'superconfig';
import { file, run } from '../testing/help.mjs';

test('import and require give the same package', () => {
  const required = createRequire(import.meta.url)('superconfig');
  assert.deepEqual(Object.keys(required).sort(), Object.keys(superconfig).sort());
  for (const name of Object.keys(required)) {
    assert.equal(superconfig[name], required[name], name);
  }
});

test('a program in CommonJS', async () => {
  const program = `
    const { createConfig } = require('superconfig');
    process.exitCode = createConfig({ a: 3 }).value.a;
  `;
  assert.deepEqual(await run(program, { type: 'commonjs' }), { code: 3, signal: null, stdout: '', stderr: '' });
});

test('neither watches nor iterators keep a process alive', async (context) => {
  const { path } = file(context, 'a = 1');
  const program = `
    import { createConfig } from 'superconfig';
    const config = createConfig().withFile(process.argv[1]).build();
    config.watch();
    config.on('change', () => {});
    (async () => { for await (const _ of config.changes()); })();
  `;
  const ended = await run(program, { arguments: [path] });
  assert.deepEqual(ended, { code: 0, signal: null, stdout: '', stderr: '' });
});

test('nothing is written, whatever goes wrong', async (context) => {
  const { path } = file(context, 'a = 1\na = 2');
  const program = `
    import { writeFileSync } from 'node:fs';
    import { createConfig } from 'superconfig';
    const [, path] = process.argv;
    const caught = (call) => { try { call(); return 0; } catch { return 1; } };
    let errors = caught(() => createConfig().withFile(path).build());
    writeFileSync(path, 'a = []\\na_remove = ["x"]');
    const config = createConfig().withFile(path).withEnv('').build();
    config.watch();
    errors += config.warnings.length;
    writeFileSync(path, 'a = ');
    errors += caught(() => config.reload());
    process.exitCode = errors;
  `;
  const ended = await run(program, { arguments: [path] });
  assert.deepEqual(ended, { code: 3, signal: null, stdout: '', stderr: '' });
});

test('an exception of a listener that nobody takes is uncaught', async (context) => {
  const { path } = file(context, 'a = 1');
  const program = `
    import { writeFileSync } from 'node:fs';
    import { createConfig } from 'superconfig';
    const [, path] = process.argv;
    const config = createConfig().withFile(path).build();
    config.on('change', () => { throw new Error('mine'); });
    process.on('uncaughtException', (error) => { process.exitCode = error.message === 'mine' ? 7 : 1; });
    writeFileSync(path, 'a = 2');
    config.reload();
  `;
  assert.deepEqual(await run(program, { arguments: [path] }), { code: 7, signal: null, stdout: '', stderr: '' });
});

test('a failing reload that nobody listens for ends nothing', async (context) => {
  const { path } = file(context, 'a = 1');
  const program = `
    import { writeFileSync } from 'node:fs';
    import { createConfig } from 'superconfig';
    const [, path] = process.argv;
    const config = createConfig().withFile(path).build();
    config.watch({ debounce: 10 });
    writeFileSync(path, 'a = ');
    const look = setInterval(() => {
      if (config.lastReloadError !== null) {
        clearInterval(look);
        process.exitCode = config.value.a + 40;
      }
    }, 5);
  `;
  assert.deepEqual(await run(program, { arguments: [path] }), { code: 41, signal: null, stdout: '', stderr: '' });
});

test('workers load, watch and listen, each for itself', async (context) => {
  const { path } = file(context, 'a = 1');
  const program = `
    import { once } from 'node:events';
    import { writeFileSync } from 'node:fs';
    import { Worker } from 'node:worker_threads';
    const code = \`
      const { parentPort, workerData } = require('node:worker_threads');
      const { createConfig } = require('superconfig');
      const config = createConfig().withFile(workerData).build();
      config.watch({ debounce: 10 });
      config.on('change', (change) => parentPort.postMessage(change.value.a));
      parentPort.once('message', () => process.exit(config.value.a));
      parentPort.postMessage(config.value.a);
    \`;
    const [, path] = process.argv;
    const workers = [1, 2, 3].map(() => new Worker(code, { eval: true, execArgv: [], workerData: path }));
    const told = () => Promise.all(workers.map((worker) => once(worker, 'message')));
    const first = await told();
    const changes = told();
    writeFileSync(path, 'a = 2');
    const second = await changes;
    const exits = Promise.all(workers.map((worker) => once(worker, 'exit')));
    workers.forEach((worker) => worker.postMessage('end'));
    console.error(JSON.stringify([first, second, await exits].map((all) => all.flat())));
  `;
  const { code, stderr } = await run(program, { arguments: [path] });
  assert.deepEqual([code, stderr.trim()], [0, '[[1,1,1],[2,2,2],[2,2,2]]']);
});

test('a worker that is ended in the middle of it all takes nothing with it', async (context) => {
  const { path } = file(context, 'a = 1');
  const program = `
    import { once } from 'node:events';
    import { writeFileSync } from 'node:fs';
    import { Worker } from 'node:worker_threads';
    const [, path] = process.argv;
    const code = \`
      const { parentPort, workerData } = require('node:worker_threads');
      const { createConfig } = require('superconfig');
      const config = createConfig().withFile(workerData).build();
      config.watch({ debounce: 0 });
      config.on('change', () => parentPort.postMessage(1));
      setInterval(() => { config.reloadAsync(); createConfig().withFile(workerData).buildAsync(); }, 1);
      parentPort.postMessage(0);
    \`;
    for (let round = 0; round < 5; round += 1) {
      const worker = new Worker(code, { eval: true, execArgv: [], workerData: path });
      await once(worker, 'message');
      writeFileSync(path, 'a = ' + (round + 2));
      await once(worker, 'message');
      await worker.terminate();
      writeFileSync(path, 'a = ' + (round + 20));
    }
  `;
  const { code, signal, stderr } = await run(program, { arguments: [path] });
  assert.deepEqual([code, signal, stderr], [0, null, '']);
});

test('a worker takes a handle of the main thread by its id', async (context) => {
  const { path } = file(context, 'a = 1');
  const program = `
    import { once } from 'node:events';
    import { writeFileSync } from 'node:fs';
    import { Worker } from 'node:worker_threads';
    import { createConfig } from 'superconfig';
    const code = \`
      const { parentPort, workerData } = require('node:worker_threads');
      const { ConfigRegistry } = require('superconfig');
      const config = ConfigRegistry.global.get(workerData);
      config.on('change', (change) => parentPort.postMessage(change.value));
      parentPort.once('message', () => {
        config.reload();
        config.close();
        parentPort.close();
      });
      parentPort.postMessage(config.value);
    \`;
    const [, path] = process.argv;
    const config = createConfig().withFile(path).withEnv('APP_').build();
    const worker = new Worker(code, { eval: true, execArgv: [], workerData: config.id, env: { APP_B: 'worker' } });
    const told = [(await once(worker, 'message'))[0]];
    writeFileSync(path, 'a = 2');
    process.env.APP_B = 'main';
    config.reload();
    told.push((await once(worker, 'message'))[0]);
    // The worker reloads with the variables of the main thread, as they were when it last read them.
    writeFileSync(path, 'a = 3');
    process.env.APP_B = 'later';
    worker.postMessage('reload');
    await once(worker, 'exit');
    told.push(config.value);
    console.error(JSON.stringify(told));
  `;
  const { stderr } = await run(program, { arguments: [path], env: { APP_B: 'process' } });
  assert.deepEqual(JSON.parse(stderr), [{ a: 1, b: 'process' }, { a: 2, b: 'main' }, { a: 3, b: 'main' }]);
});

for (const way of ['reload', 'reloadAsync', 'watch']) {
  test(`a worker that loads a handle again by ${way} loses no variables that the main thread read only once`, async (context) => {
    const { path } = file(context, 'a = 1');
    const program = `
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      import { createConfig } from 'superconfig';
      const code = \`
        const { renameSync, writeFileSync } = require('node:fs');
        const { workerData } = require('node:worker_threads');
        const { ConfigRegistry } = require('superconfig');
        const { id, path, way } = workerData;
        const config = ConfigRegistry.global.get(id);
        const alive = setInterval(() => {}, 1000);
        config.on('change', () => {
          clearInterval(alive);
          config.close();
        });
        const load = () => config[way]();
        const save = () => {
          writeFileSync(path + '.new', 'a = 2');
          renameSync(path + '.new', path);
        };
        (way === 'watch' ? [load, save] : [save, load]).forEach((act) => act());
      \`;
      const [, path, way] = process.argv;
      const config = createConfig().withFile(path).withEnv('APP_').build();
      const workerData = { id: config.id, path, way };
      await once(new Worker(code, { eval: true, execArgv: [], workerData, env: { APP_B: 'worker' } }), 'exit');
      console.error(JSON.stringify([config.value, config.generation]));
    `;
    const { stderr } = await run(program, { arguments: [path, way], env: { APP_B: 'process' } });
    assert.deepEqual(JSON.parse(stderr), [{ a: 2, b: 'process' }, 2]);
  });
}

test('what a program asks for is printed to standard error', async (context) => {
  const { path } = file(context, 'a = 1\nb_remove = ["x"]\npassword = "hunter2"');
  const program = (step) => `
    import { createConfig } from 'superconfig';
    const config = createConfig().withFile(process.argv[1]).withSecret('password')${step}.build();
    config.printWarnings();
  `;
  const printed = async (step, env) => {
    const { code, stdout, stderr } = await run(program(step), { arguments: [path], env });
    assert.deepEqual([code, stdout], [0, '']);
    assert.doesNotMatch(stderr, /hunter2/);
    return stderr;
  };
  const report = await printed('');
  assert.match(report, /^warning\[SC0201\]: `b`: nothing to remove/);
  assert.ok(report.includes('2 | b_remove = ["x"]') && report.endsWith('\n1 warning\n'), report);
  assert.equal(await printed(".suppressWarnings('SC0201')"), '');
  assert.equal(await printed(".withVerbosity('silent')"), report);
  const [info, trace] = [await printed(".withVerbosity('info')"), await printed(".withVerbosity('TRACE')")];
  assert.ok(info.endsWith(report) && trace.endsWith(report));
  assert.match(info, /app\.toml: 3 settings/);
  assert.ok(trace.length > info.length && trace.includes('password'));
});

test('a worker sees its own variables, and the main thread those of the process', async () => {
  const program = `
    import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    import { loadEnv } from 'superconfig';
    const code = \`
      const { parentPort } = require('node:worker_threads');
      const { loadEnv } = require('superconfig');
      process.env.APP_MORE = '1';
      parentPort.postMessage(loadEnv('APP_').value);
    \`;
    process.env.APP_LATE = 'x';
    const worker = new Worker(code, { eval: true, execArgv: [], env: { APP_A: 'worker' } });
    console.error(JSON.stringify([loadEnv('APP_').value, (await once(worker, 'message'))[0], process.env.APP_MORE]));
  `;
  const { stderr } = await run(program, { env: { APP_A: 'process' } });
  assert.deepEqual(JSON.parse(stderr), [{ a: 'process', late: 'x' }, { a: 'worker', more: 1 }, null]);
});

test('a program may set variables while others load', async () => {
  const program = `
    import { createConfig } from 'superconfig';
    const builder = createConfig().withObject({ a: 1 }).withEnv('APP_');
    const config = builder.build();
    const set = async () => {
      for (let at = 0; at < 100_000; at += 1) {
        process.env['ZQ_' + (at % 50)] = 'x'.repeat(at % 100);
        delete process.env['ZQ_' + ((at + 25) % 50)];
        if (at % 1000 === 0) {
          await new Promise(setImmediate);
        }
      }
    };
    let going = true;
    const load = async () => {
      while (going) {
        await Promise.all([builder.buildAsync(), builder.extractAsync(), config.reloadAsync()]);
      }
    };
    const loads = [load(), load(), load()];
    await set();
    going = false;
    await Promise.all(loads);
    process.env.APP_A = '2';
    const seen = [
      (await builder.buildAsync()).value.a,
      (await builder.extractAsync()).a,
      (await config.reloadAsync()).value.a,
    ];
    console.error(JSON.stringify(seen));
  `;
  const { code, signal, stderr } = await run(program);
  assert.deepEqual([code, signal, stderr.trim()], [0, null, '[2,2,2]']);
});

test('a worker selects profiles by its own variables, without a step that reads any', async (context) => {
  const { path } = file(context, 'a = 1\n[profile.eu]\na = 2\n[profile.us]\na = 3');
  const program = `
    import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    const code = \`
      const { parentPort, workerData } = require('node:worker_threads');
      const { createConfig } = require('superconfig');
      const builder = createConfig().withFile(workerData).selectProfileFrom('PLACE');
      builder.extractAsync().then(({ a }) => parentPort.postMessage([builder.build().value.a, a]));
    \`;
    const [, path] = process.argv;
    const worker = new Worker(code, { eval: true, execArgv: [], env: { PLACE: 'eu' }, workerData: path });
    console.error(JSON.stringify((await once(worker, 'message'))[0]));
  `;
  const { stderr } = await run(program, { arguments: [path], env: { PLACE: 'us' } });
  assert.deepEqual(JSON.parse(stderr), [2, 2]);
});
