// Who does the job, each as its documentation says.

import { readFileSync } from 'node:fs';
import { loadConfig } from 'c12';
import { Load } from 'config/lib/util.js';
import convict from 'convict';
import { parse } from 'smol-toml';
import superconfig from '../lib/index.cjs';
import { folder, json, overlay, settings, toml, variables } from './job.mjs';

convict.addParser({ extension: 'toml', parse });

const schema = Object.fromEntries(
  Object.entries(settings).map(([table, entries]) => [
    table,
    Object.fromEntries(
      Object.entries(entries).map(([key, value]) => {
        const env = Object.keys(variables).find((name) => variables[name].table === table && variables[name].key === key);
        const format = Array.isArray(value) ? Array : { string: String, number: Number, boolean: Boolean }[typeof value];
        return [key, { format, default: Array.isArray(value) ? [] : value, ...(env ? { env } : {}) }];
      }),
    ),
  ]),
);

export const superconfigs = () => superconfig.createConfig().withFile(toml).withEnv('APP_');
export const convicts = () => convict(schema).loadFile(toml).validate({ allowed: 'strict' });

/** Each gives the settings as an object. */
export const contenders = {
  'superconfig, `extract()`': () => superconfigs().extract(),
  'superconfig, `build().value`': () => superconfigs().build().value,
  'JSON.parse by hand': () => overlay(JSON.parse(readFileSync(json, 'utf8'))),
  'smol-toml by hand': () => overlay(parse(readFileSync(toml, 'utf8'))),
  convict: () => convicts().getProperties(),
  c12: async () => overlay((await loadConfig({ cwd: folder, configFile: 'default.toml', envName: false, packageJson: false })).config),
  'node-config': () => Load.fromEnvironment().scan(),
};
