// The job: sixty settings in twelve tables of a TOML file, and ten variables.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'smol-toml';

const TABLES = ['app', 'http', 'database', 'redis', 'logging', 'auth', 'metrics', 'queue', 'cache', 'mail', 'search', 'limits'];

/** What the file says. */
export const settings = Object.fromEntries(
  TABLES.map((name, index) => [
    name,
    {
      url: `https://${name}.example.org:${8000 + index}/path?x=1`,
      port: 8000 + index,
      ratio: 0.25 + index,
      enabled: index % 2 === 0,
      tags: [`${name}-a`, `${name}-b`, `${name}-c`],
    },
  ]),
);

/** What the variables say: by their names, where they belong and what they are. */
export const variables = Object.fromEntries(
  [
    ['app', 'url', 'https://app.internal/'],
    ['http', 'port', 9000],
    ['database', 'url', 'postgres://db.internal/orders'],
    ['database', 'port', 5432],
    ['redis', 'ratio', 0.75],
    ['logging', 'enabled', true],
    ['auth', 'url', 'https://auth.internal/'],
    ['metrics', 'enabled', false],
    ['queue', 'port', 5672],
    ['limits', 'ratio', 2.5],
  ].map(([table, key, value]) => [`APP_${table.toUpperCase()}_${key.toUpperCase()}`, { table, key, value }]),
);

/** What has to come of it. */
export const expected = structuredClone(settings);
for (const [name, { table, key, value }] of Object.entries(variables)) {
  expected[table][key] = value;
  process.env[name] = String(value);
}

/** Where the files stand; the folder is node-config's as well. */
export const folder = mkdtempSync(join(tmpdir(), 'superconfig-bench-'));
export const toml = join(folder, 'default.toml');
export const json = join(folder, 'other', 'app.json');

const mapping = {};
for (const [name, { table, key, value }] of Object.entries(variables)) {
  (mapping[table] ??= {})[key] = typeof value === 'string' ? name : { __name: name, __format: typeof value };
}
mkdirSync(join(folder, 'other'));
writeFileSync(toml, stringify(settings));
writeFileSync(json, JSON.stringify(settings, null, 2));
writeFileSync(join(folder, 'custom-environment-variables.json'), JSON.stringify(mapping));
process.env.NODE_CONFIG_DIR = folder;
process.env.SUPPRESS_NO_CONFIG_WARNING = '1';

/** Puts the variables over an object, as one writes it by hand. */
export function overlay(object) {
  for (const [name, { table, key, value }] of Object.entries(variables)) {
    const text = process.env[name];
    if (text !== undefined) {
      object[table][key] = typeof value === 'number' ? Number(text) : typeof value === 'boolean' ? text === 'true' : text;
    }
  }
  return object;
}
