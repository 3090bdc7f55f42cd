// What several tests need.

import { spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConfig } from 'superconfig';

export const package_folder = dirname(dirname(fileURLToPath(import.meta.url)));

/** A new directory, which goes with the test. */
export function directory(context) {
  const path = mkdtempSync(join(tmpdir(), 'superconfig-'));
  context.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file in a new directory, and a function that saves it as editors do. */
export function file(context, text, name = 'app.toml') {
  const path = join(directory(context), name);
  const save = (text) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  save(text);
  return { path, save };
}

/** A handle of a text. */
export const toml = (text) => createConfig().withText('toml', text, 'app.toml').build();

/** What a promise comes to. Nothing of this package keeps the process alive, so this does. */
export async function awaited(promise) {
  const alive = setInterval(() => {}, 1000);
  try {
    return await promise;
  } finally {
    clearInterval(alive);
  }
}

/** The next event of a handle. */
export const event = (config, name) => awaited(new Promise((resolve) => config.once(name, resolve)));

/** What a function throws. */
export function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** Runs a program in a process of its own, and gives what it said and how it ended. */
export function run(program, { arguments: given = [], env = {}, type = 'module' } = {}) {
  return new Promise((resolve, reject) => {
    const args = ['--no-warnings', `--input-type=${type}`, '--eval', program, '--', ...given];
    const child = spawn(process.execPath, args, { cwd: package_folder, env: { ...process.env, ...env } });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => (said[name] += text));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...said }));
  });
}
