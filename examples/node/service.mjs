// A Fastify service that lives from the same directory of configuration as the example `service` in Rust.
//
// * `node service.mjs` serves `/health` and `/config` until it is ended. Whatever changes in `config.toml` meanwhile is served
//   from then on, and `/health` says what is wrong with it.
// * `ORDERS_PROFILE=production node service.mjs` adds `config.production.toml`; `--set path=value` sets one value.
// * `npm test` plays it: the file is changed, broken and mended while clients ask for pages.

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastify from 'fastify';
import { ConfigError, createConfig } from 'superconfig';

/** Where the files of both services are. */
export const directory = fileURLToPath(new URL('../service', import.meta.url));

/** The file, its sibling for the profile, the environment, and the arguments. */
export function load(directory, { args = [], env = process.env } = {}) {
  return createConfig()
    .withDirectory(directory)
    .withDefaults({ app: { name: 'orders' }, server: { host: '127.0.0.1', port: 8080 } })
    .withFile('config.toml')
    .withEnv('ORDERS_')
    .withEnvVars(env)
    .withArgs(args)
    .selectProfileFrom('ORDERS_PROFILE')
    .withSecret('**.password', '**.secret', '**.client_secret')
    .build();
}

/** What may be shown of the configuration. */
function summary(config) {
  const { app, server, database, http_clients: clients = {} } = config.value;
  return {
    app: { name: app.name, features: app.features },
    server: {
      host: server.host,
      port: server.port,
      base_path: server.base_path,
      requests_per_second: server.limits.rate.rps,
      origins: server.cors.origins,
    },
    database: { url: database.url, replicas: database.replicas.length },
    http_clients: Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, client.base_url])),
  };
}

/** A service with a broken file is well: it goes on with what was good. But somebody should know. */
function health({ lastReloadError: error }) {
  return error === null ? 'ok' : `ok, but the configuration could not be loaded again:\n${error.message}`;
}

/** The service; it reads the configuration anew for each request, which costs as much as reading a property. */
export function service(config) {
  const app = fastify();
  app.get('/health', async () => health(config));
  app.get('/config', async () => summary(config));
  app.addHook('onClose', async () => config.close());
  return app;
}

async function main() {
  const config = load(directory, { args: process.argv.slice(2) });
  for (const { message, origin } of config.warnings) {
    console.error(`${origin}: ${message}`);
  }
  config.on('change', (change) => console.error(String(change)));
  config.on('error', (error) => console.error(`the configuration stays as it is: ${error.message}`));
  config.watch();
  const { host, port } = config.value.server;
  console.error(`listening on ${await service(config).listen({ host, port })}`);
}

if (realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error instanceof ConfigError ? error.report : error);
    process.exitCode = 2;
  });
}
