// Builds the native module by cargo, and puts it where `lib/native.cjs` looks for it.
//
//     node scripts/build.mjs            optimized as a whole, which takes its time
//     node scripts/build.mjs --dev      quickly, for tests

import { spawnSync } from 'node:child_process';
import { copyFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const dev = process.argv.includes('--dev');

const { status, stdout, error } = spawnSync(
  process.env.CARGO ?? 'cargo',
  [
    ['build', '--package', 'superconfig-napi', '--message-format', 'json-render-diagnostics'],
    dev ? [] : ['--profile', 'binding'],
  ].flat(),
  { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 },
);
if (error?.code === 'ENOENT') {
  console.error('cargo is missing; install Rust 1.90 or later, best by rustup');
  process.exit(1);
}
if (status !== 0) {
  process.exit(status ?? 1);
}

const built = stdout
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line))
  .find(({ reason, target }) => reason === 'compiler-artifact' && target.name === 'superconfig_napi');
const library = built?.filenames.find((name) => /\.(so|dylib|dll)$/.test(name));
if (library === undefined) {
  console.error('cargo did not say where it put the library');
  process.exit(1);
}
const place = join(folder, `superconfig.${process.platform}-${process.arch}.node`);
// A process that has the old one loaded keeps it.
copyFileSync(library, `${place}.new`);
renameSync(`${place}.new`, place);
