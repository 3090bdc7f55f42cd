// What compiles, with its exact type, and what does not. `npm run types` checks it; nothing runs.

import {
  type Changed,
  ConfigError,
  type ConfigHandle,
  ConfigRegistry,
  type ConfigValue,
  type Explanation,
  type Frozen,
  type Origin,
  type Path,
  type StandardSchema,
  createConfig,
  loadEnv,
  loadFile,
} from 'superconfig';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Equal<A, B>): void {}

interface Settings {
  name: string;
  http: { host: string; port: number; tls?: { cert: string } };
  servers: { host: string; ports: number[] }[];
  labels: Record<string, string>;
  mode: 'fast' | 'safe';
  'dotted.key': number;
  id: bigint | number;
}

const config = createConfig()
  .withFile(new URL('file:///etc/app.toml'))
  .withFileOpt('local.toml')
  .withText('toml', 'a = 1', 'a.toml')
  .withEnvVars(new Map([['A', 'b']]))
  .withEnvVars(process.env)
  .withOverride('a', { b: [1n, null, undefined, new Date()] })
  .withSecret('**.password', ['a', 'b'])
  .build<Settings>();

const { value } = config;
same<typeof value, Frozen<Settings>>(true);
const port = config.get('http.port');
same<typeof port, number>(true);
const certificate = config.get('http.tls.cert');
same<typeof certificate, string | undefined>(true);
const host = config.get('servers[0].host');
same<typeof host, string | undefined>(true);
const innerPort = config.get('servers[1].ports[2]');
same<typeof innerPort, number | undefined>(true);
const ports = config.get('servers[1].ports');
same<typeof ports, readonly number[] | undefined>(true);
const label = config.get('labels.colour', 'none');
same<typeof label, string>(true);
const dotted = config.get('"dotted.key"');
same<typeof dotted, number>(true);
const mode = config.get('mode');
same<typeof mode, 'fast' | 'safe'>(true);
const fallback = config.get('http.tls.cert', null);
same<typeof fallback, string | null>(true);
const [many, more] = config.getMany(['name', 'http.port']);
same<typeof many, string>(true);
same<typeof more, number>(true);
const own: Settings = config.extract();
own.http.port = 1;

// @ts-expect-error there is no such path
config.get('http.prot');
// @ts-expect-error a list has positions
config.get('servers.host');
// @ts-expect-error a string has no parts
config.get('name.length');
// @ts-expect-error the values are frozen
config.value.http.port = 80;
// @ts-expect-error so are lists
config.value.servers.push({ host: '', ports: [] });
// @ts-expect-error no such event
config.on('changed', () => {});
// @ts-expect-error a path is no number
createConfig().withFile(1);
// @ts-expect-error no such format
createConfig().withText('xml', '');
// @ts-expect-error a function is no value
createConfig().withOverride('a', () => 1);
// @ts-expect-error no such option
config.watch({ debouncing: 1 });
// @ts-expect-error handles are loaded
new (Object.getPrototypeOf(config).constructor as typeof ConfigHandle<Settings>)();
// @ts-expect-error the whole is no number
const wrong: number = config.get('http');
void wrong;

const paths: Path<{ a: { b: number[] } }>[] = ['a', 'a.b', 'a.b[0]'];
void paths;

const explained = config.explain('http.port');
same<typeof explained, Explanation>(true);
const shown: string = `${explained}${explained.statements[0]?.by?.file}`;
const said: 'set' | 'add' | 'remove' | 'change' | 'replace' | undefined = explained.statements[0]?.said;
const from: Origin | undefined = explained.origin;
same<typeof explained.value, ConfigValue | undefined>(true);
void [shown, said, from];
// @ts-expect-error an explanation is data
const text: string = explained;
void text;
// @ts-expect-error it cannot be changed
explained.statements.pop();
// @ts-expect-error only a handle explains
new (Object.getPrototypeOf(explained).constructor as typeof Explanation)();

createConfig().withVerbosity('debug');
// @ts-expect-error no such verbosity
createConfig().withVerbosity('loud');
config.printWarnings();

const { id } = config;
same<typeof id, bigint>(true);
const byId = ConfigRegistry.global.get<Settings>(id);
same<typeof byId, ConfigHandle<Settings>>(true);
same<ReturnType<typeof ConfigRegistry.global.has>, boolean>(true);
ConfigRegistry.global.lease(id);
// @ts-expect-error an id is a bigint
ConfigRegistry.global.get(1);
// @ts-expect-error it cannot be set
config.id = 1n;

// A type may hold itself.
interface Tree {
  name: string;
  children: Tree[];
  parent?: Tree;
}
declare const tree: ConfigHandle<Tree>;
const grandchild = tree.get('children[0].children[1].name');
same<typeof grandchild, string | undefined>(true);

// Of a type that nobody declared, any path is one.
const untyped = loadFile('app.yaml', { env: 'APP_', profile: 'production' });
const anything = untyped.get('whatever.it[0].is');
same<typeof anything, ConfigValue | undefined>(true);
untyped.get('port', 80) satisfies ConfigValue;
if (typeof untyped.value.port === 'number') {
  untyped.value.port.toFixed();
}

const given = createConfig({ port: 80, hosts: ['a'] });
const givenPort = given.get('port');
same<typeof givenPort, number>(true);
const ofMap = createConfig(new Map([['a', 1]])).get('a');
same<typeof ofMap, number | undefined>(true);
const again = createConfig(given).get('port');
same<typeof again, number>(true);
const first = createConfig<{ pair: [string, number] }>({ pair: ['a', 1] }).getMany(['pair[0]', 'pair[1]']);
same<typeof first, readonly [string, number]>(true);
// @ts-expect-error a list is no table
createConfig([1]);
// @ts-expect-error neither is a function
createConfig().withDefaults(() => 1);
// @ts-expect-error the prefix says which variables
loadEnv();

declare const Schema: StandardSchema<{ port: number }>;
const checked = config.extract(Schema);
same<typeof checked, { port: number }>(true);

async function living(): Promise<void> {
  config.on('change', function (change) {
    const now: number = change.value.http.port;
    const handle: ConfigHandle<Settings> = this;
    void [now, handle];
  });
  config.on('error', (error: Error) => (error instanceof ConfigError ? error.problems[0]?.origin?.line : 0));
  const stop: () => void = config.onChange('http.*', () => {});
  stop();
  using watch = config.watch({ debounce: 10 });
  void watch.health;
  await using changes = config.changes({ signal: AbortSignal.timeout(10) });
  for await (const change of changes) {
    const changed: readonly Changed[] = change.changed;
    void changed;
  }
  const later = await createConfig().buildAsync<Settings>();
  const change = await later.reloadAsync();
  change?.touches('**');
}
void living;
