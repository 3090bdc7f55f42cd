/// <reference types="node" />

/** What a configuration holds; beyond ±(2^53 - 1) an integer is a `bigint`. */
export type ConfigValue = null | boolean | number | bigint | string | ConfigList | ConfigTable;
export type ConfigList = readonly ConfigValue[];
export interface ConfigTable {
  readonly [key: string]: ConfigValue;
}

/** What a program may give: it is copied, and `undefined` is left out. */
export type GivenValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly GivenValue[]
  | ReadonlySet<GivenValue>
  | ReadonlyMap<string, GivenValue>
  | { toJSON(): unknown }
  | { readonly [key: string]: GivenValue };

type Leaf = null | undefined | boolean | number | bigint | string | Date | ((...given: never[]) => unknown);
type IsAny<T> = 0 extends 1 & T ? true : false;

/** Whether nobody declared what is in a `T`. */
type IsUndeclared<T> =
  IsAny<T> extends true
    ? true
    : [ConfigValue] extends [T]
      ? true
      : string extends keyof T
        ? [ConfigTable] extends [T]
          ? true
          : false
        : false;

/** All parts of it are read only, as they are frozen. */
export type Frozen<T> = IsUndeclared<T> extends true ? T : FrozenPart<T>;
type FrozenPart<T> = T extends Leaf
  ? T
  : T extends readonly unknown[]
    ? [ConfigList] extends [T]
      ? T
      : { readonly [I in keyof T]: Frozen<T[I]> }
    : { readonly [K in keyof T]: Frozen<T[K]> };

/** Values that a table is made of: no list, no function. */
type GivenTable<T> = T extends readonly unknown[] | ((...given: never[]) => unknown) ? never : T;
/** What becomes of them. */
type Given<T> = T extends ConfigHandle<infer V> ? V : T extends ReadonlyMap<string, infer V> ? Record<string, V> : T;

/** A key as it stands in a path. */
type Key<K extends string> = K extends `${string}${'.' | '[' | '"' | ' '}${string}` ? `"${K}"` : K;

/** What may follow a key whose value is a `V`. A type that holds itself is followed for six levels. */
type Tail<V, Level extends 0[]> =
  NonNullable<V> extends infer N
    ? N extends Leaf
      ? never
      : N extends readonly (infer E)[]
        ? `[${number}]` | `[${number}]${Tail<E, Level>}`
        : `.${Paths<N, [...Level, 0]>}`
    : never;

/** The paths of a type: `'http.port'`, `` `servers[${number}].host` ``. Of a type that nobody declared, any string. */
export type Path<T> = Paths<T, []>;
type Paths<T, Level extends 0[]> =
  Level['length'] extends 6
    ? string
    : IsAny<T> extends true
      ? string
      : string extends keyof T
        ? string
        : { [K in keyof T & string]: Key<K> | `${Key<K>}${Tail<T[K], Level>}` }[keyof T & string];

/** What is in a `T` under a key or a position. */
type Child<T, K extends string> = T extends null | undefined
  ? undefined
  : K extends keyof T
    ? string extends keyof T
      ? T[K] | undefined
      : T[K]
    : undefined;
type Item<T, I extends string> = T extends readonly (infer E)[]
  ? number extends T['length']
    ? E | undefined
    : I extends keyof T
      ? T[I]
      : undefined
  : undefined;
type After<T, Rest extends string> = Rest extends ''
  ? T
  : Rest extends `.${infer Path}`
    ? PathValue<T, Path>
    : PathValue<T, Rest>;

/** What stands at a path of a type; `undefined` where something on the way may be missing. */
export type PathValue<T, P extends string> =
  IsAny<T> extends true ? T : IsUndeclared<T> extends true ? ConfigValue | undefined : Step<T, P>;
type Step<T, P extends string> = P extends ''
  ? T
  : P extends `"${infer K}"${infer Rest}`
    ? After<Child<T, K>, Rest>
    : P extends `[${infer I}]${infer Rest}`
      ? After<Item<T, I>, Rest>
      : P extends `${infer Head}.${infer Rest}`
        ? Head extends `${infer K}[${infer I}]${infer More}`
          ? After<Child<T, K>, `[${I}]${More}.${Rest}`>
          : PathValue<Child<T, Head>, Rest>
        : P extends `${infer K}[${infer I}]${infer More}`
          ? After<Child<T, K>, `[${I}]${More}`>
          : Child<T, P>;

/** A path of a file. */
export type FilePath = string | URL | Uint8Array;
/** How much a loading prints: nothing, what each source gave, also where it was looked, also each setting. */
export type Verbosity = 'silent' | 'info' | 'debug' | 'trace';
export type Format = 'toml' | 'json' | 'yaml';
/** The names and values of variables; those that are `undefined` are left out. */
export type Variables =
  | { readonly [name: string]: string | undefined }
  | Iterable<readonly [name: string, value: string | undefined]>;

/** Where a value comes from. As a string, the text for people: `config.toml:4:8`. */
export interface Origin {
  readonly kind:
    | 'text'
    | 'variable'
    | 'dotenv'
    | 'secret_file'
    | 'argument'
    | 'override'
    | 'defaults'
    | 'default'
    | 'custom'
    | 'path';
  readonly file?: string;
  /** Counted from one, and so is the column, in characters. */
  readonly line?: number;
  readonly column?: number;
  /** The place in bytes, and the byte behind it. */
  readonly start?: number;
  readonly end?: number;
  /** The profile whose section it is in. */
  readonly profile?: string;
  readonly variable?: string;
  readonly argument?: string;
  readonly name?: string;
  toString(): string;
}

/** What one source says of a setting. */
export interface Statement {
  /** It gives the value, adds or removes items, changes what is inside, or replaces something around the setting. */
  readonly said: 'set' | 'add' | 'remove' | 'change' | 'replace';
  /** The value or the items, where it has any. */
  readonly value?: ConfigValue;
  readonly origin: Origin;
  /** What became of it. */
  readonly verdict: 'won' | 'overridden' | 'removed' | 'not_selected' | 'no_effect';
  /** What overrode or removed it. */
  readonly by?: Origin;
  /** The profile that was not selected. */
  readonly profile?: string;
  /** Of a list, the whole list after this step. */
  readonly after?: ConfigValue;
}

/** Every source that had a say of a setting. As a string, the text for people; secrets are redacted. */
export class Explanation {
  private constructor();
  readonly path: string;
  /** What a JSON Schema says of it. */
  readonly doc?: string;
  readonly type?: string;
  /** The variables that set it. */
  readonly variables: readonly string[];
  /** Its value, unless it has none. */
  readonly value?: ConfigValue;
  /** Where the value comes from; tables come from many places. */
  readonly origin?: Origin;
  /** The value that it will have after a restart. */
  readonly pending?: ConfigValue;
  /** Who had a say, the highest precedence first. */
  readonly statements: readonly Statement[];
  /** What is in it, by paths below this one. */
  readonly parts: readonly { readonly path: string; readonly value: ConfigValue; readonly origin?: Origin }[];
  /** The places that were looked at for files. */
  readonly places: readonly { readonly path: string; readonly found: boolean }[];
  toString(): string;
  toJSON(): object;
}

/** One thing that is wrong, or worth a warning. docs/ERRORS.md lists the codes. */
export interface Problem {
  readonly code: string;
  readonly kind: string;
  readonly severity: 'error' | 'warning';
  readonly path: string | undefined;
  readonly message: string;
  readonly help: readonly string[];
  readonly causes: readonly string[];
  readonly origin: Origin | undefined;
}

/** Everything that is wrong with a configuration. `message` has a line for each problem. */
export class ConfigError extends Error {
  private constructor();
  readonly name: 'ConfigError';
  /** The full report, with lines and carets. */
  readonly report: string;
  /** Of the first problem, and so are `path` and `origin`. */
  readonly code: string;
  readonly path: string | undefined;
  readonly origin: Origin | undefined;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  toJSON(): object;
}

export interface EnvOptions {
  /** Whether variables that are set to nothing are taken for unset. */
  readonly ignoreEmpty?: boolean;
}

/** How much of anything is accepted. docs/LIMITS.md says how much that is. */
export interface Limits {
  readonly fileBytes?: number;
  readonly depth?: number;
  readonly nodes?: number;
  readonly expandedBytes?: number;
  readonly keyBytes?: number;
  readonly globFiles?: number;
  readonly variables?: number;
}

/** Says where a configuration comes from, and loads it. Each step returns the builder; later ones win. */
export class ConfigBuilder {
  constructor();
  /** A file that has to exist, and its siblings for the selected profiles. */
  withFile(path: FilePath): this;
  /** The same for a file that may be missing. */
  withFileOpt(path: FilePath): this;
  /** The files of the system, the user and the project that discovery finds. */
  withHierarchical(app: string): this;
  /** The files of a pattern, in the order of their names. */
  withGlob(pattern: string): this;
  withText(format: Format, text: string, name?: string): this;
  /** Values of the program, as a source like a file. */
  withObject<T extends object>(values: GivenTable<T>, name?: string): this;
  /** Values of the program below all sources. */
  withDefaults<T extends object>(values: GivenTable<T>): this;
  /** A file of variables, which may be missing; `.env` if nothing else is said. */
  withDotenv(path?: FilePath): this;
  /** The environment: the variables that begin with the prefix; without one, those of keys that are there. */
  withEnv(prefix?: string, options?: EnvOptions): this;
  /** Takes these variables for the environment. */
  withEnvVars(variables: Variables): this;
  /** One value; a string is read as a variable is, and `undefined` adds nothing. */
  withOverride(path: string, value: GivenValue): this;
  /** Several, by their paths. */
  withOverrides(values: { readonly [path: string]: GivenValue } | ReadonlyMap<string, GivenValue>): this;
  /** `--set path=value` among the arguments. */
  withArgs(args: readonly string[]): this;
  /** Selects a profile, or several: in a list, or with commas. */
  selectProfile(profile: string | readonly string[]): this;
  /** Selects the profiles that a variable names, if the program selects none. */
  selectProfileFrom(variable: string): this;
  /** Prints the steps of the loading to standard error. */
  withVerbosity(level: Verbosity): this;
  /** What would be a warning about a name is an error. */
  strict(on?: boolean): this;
  /** Drops warnings by code, by key or by a part of their text. */
  suppressWarnings(...patterns: readonly (string | readonly string[])[]): this;
  /** The values there are redacted wherever the handle shows them. */
  withSecret(...patterns: readonly (string | readonly string[])[]): this;
  /** Declares the settings by a JSON Schema: names, types, defaults and secrets come from it. */
  withSchema(schema: string | object): this;
  /** How much of anything is accepted; what is left out is as it is without. */
  withLimits(limits: Limits): this;
  withDirectory(path: FilePath): this;
  withRoot(path: FilePath): this;
  /** Shows lines that cannot be read as they are. */
  showSource(on?: boolean): this;
  /** Makes files that others may write errors. */
  strictPermissions(on?: boolean): this;
  /** Loads the configuration. @throws {ConfigError} with everything that is wrong with any source. */
  build<T extends object = ConfigTable>(): ConfigHandle<T>;
  /** The same on the thread pool. */
  buildAsync<T extends object = ConfigTable>(): Promise<ConfigHandle<T>>;
  /** The values alone, which are the program's own. */
  extract<T extends object = ConfigTable>(): T;
  extractAsync<T extends object = ConfigTable>(): Promise<T>;
}

/** A schema of zod, valibot, arktype or another library that follows standardschema.dev. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}
type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

export interface ShowOptions {
  readonly exposeSecrets?: boolean;
}

export interface WatchOptions {
  /** How long nothing may happen before files are read, in milliseconds; 100. */
  readonly debounce?: number;
  /** How long they are waited for at the most; 200. */
  readonly maxWait?: number;
  /** Whether the system is asked to tell about changes. */
  readonly events?: boolean;
  /** How often files are looked at where the system does not tell; 2,000. */
  readonly pollEvery?: number;
  /** How often they are looked at though it does; 30,000. */
  readonly checkEvery?: number;
  /** How many directories are watched at the most; 1,000. */
  readonly maxDirectories?: number;
}

/** Reloads when files change, until it is stopped. It does not keep the process alive. */
export class ConfigWatch {
  private constructor();
  /** How well it watches, in words. */
  readonly health: string;
  stop(): void;
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A setting with another value. What was not there, or is gone, has no `old` or `new`. */
export interface Changed {
  readonly path: string;
  readonly old?: ConfigValue;
  readonly new?: ConfigValue;
  readonly oldOrigins: readonly Origin[];
  readonly newOrigins: readonly Origin[];
}

/** What a reload changed. As a string, the text for logs; secrets are redacted but in `value` and `oldValue`. */
export class ConfigChange<T extends object = ConfigTable> {
  private constructor();
  readonly generation: number;
  readonly changed: readonly Changed[];
  readonly value: Frozen<T>;
  readonly oldValue: Frozen<T>;
  /** Whether a setting changed that the pattern means: `database.url`, `database.*`, `**`. */
  touches(pattern: string): boolean;
  toString(): string;
  toJSON(): object;
}

type Listener<A, H> = (this: H, argument: A) => unknown;

/** A loaded configuration. */
export class ConfigHandle<T extends object = ConfigTable> {
  private constructor();
  /** All values, frozen in depth: the same object until the configuration changes. */
  readonly value: Frozen<T>;
  /** The value at a path, `undefined` or the fallback where there is none. */
  get<const P extends Path<T>>(path: P): NoInfer<Frozen<PathValue<T, P>>>;
  get<const P extends Path<T>, F>(path: P, fallback: F): NoInfer<Exclude<Frozen<PathValue<T, P>>, undefined>> | F;
  /** The values of several paths, in one list. */
  getMany<const P extends readonly Path<T>[]>(paths: P): { [I in keyof P]: NoInfer<Frozen<PathValue<T, P[I]>>> };
  /** Whether there is a value, which may be `null`. */
  has(path: Path<T>): boolean;
  /** A copy of all values that the program may change. */
  extract(): T;
  /** The values as a schema makes them. @throws {ConfigError} with the places of what it refuses. */
  extract<Output>(schema: StandardSchema<Output>): Output;
  extractAsync(): Promise<T>;
  extractAsync<Output>(schema: StandardSchema<Output>): Promise<Output>;
  /** Where the value at a path comes from. */
  origin(path: string): Origin | undefined;
  /** Every source that had a say of a setting. @throws {ConfigError} where there is no such setting. */
  explain(path: string): Explanation;
  /** All values with their origins, and the places looked at, for people. */
  report(): string;
  /** The paths of all settings. */
  paths(): string[];
  /** The steps of the loading, a line each. */
  debugMessages(): string[];
  readonly hasWarnings: boolean;
  readonly warnings: readonly Problem[];
  /** Writes the report of the warnings to `process.stderr`; without any, nothing. */
  printWarnings(): void;
  /** The values as a text that gives them when it is loaded. */
  toText(format: Format, options?: ShowOptions): string;
  /** The values on one line, as in JSON. */
  toString(options?: ShowOptions): string;
  toJSON(): object;
  /** The number of this handle in its registry; in the global one, other threads of this process know it, too. */
  readonly id: bigint;
  /** Counts the configurations of this handle; the first is 1. */
  readonly generation: number;
  readonly lastReloadError: ConfigError | null;
  /** Loads again; `null` where the sources say the same. @throws {ConfigError}, and then the last good one stays. */
  reload(): ConfigChange<T> | null;
  /** The same on the thread pool. */
  reloadAsync(): Promise<ConfigChange<T> | null>;
  /** Reloads when files change, until the watch is stopped or the handle closed. */
  watch(options?: WatchOptions): ConfigWatch;
  on(event: 'change', listener: Listener<ConfigChange<T>, this>): this;
  on(event: 'error', listener: Listener<Error, this>): this;
  once(event: 'change', listener: Listener<ConfigChange<T>, this>): this;
  once(event: 'error', listener: Listener<Error, this>): this;
  off(event: 'change', listener: Listener<ConfigChange<T>, this>): this;
  off(event: 'error', listener: Listener<Error, this>): this;
  addListener(event: 'change', listener: Listener<ConfigChange<T>, this>): this;
  addListener(event: 'error', listener: Listener<Error, this>): this;
  removeListener(event: 'change', listener: Listener<ConfigChange<T>, this>): this;
  removeListener(event: 'error', listener: Listener<Error, this>): this;
  /** Calls the listener for changes of settings that the pattern means; gives a function that ends it. */
  onChange(pattern: string, listener: Listener<ConfigChange<T>, this>): () => void;
  /** The changes from now on; who is slow gets one for all that happened. */
  changes(options?: { readonly signal?: AbortSignal | undefined }): AsyncIterableIterator<ConfigChange<T>> &
    AsyncDisposable;
  /** Ends watching, listeners and iterators; the values can still be read. */
  close(): void;
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What there is in a registry, and what was done there. */
export interface RegistryStats {
  readonly totalHandles: number;
  readonly activeHandles: number;
  readonly leasedHandles: number;
  readonly memoryUsageBytes: number;
  readonly cacheHitRate: number;
  readonly hits: number;
  readonly misses: number;
  readonly cachedTexts: number;
  readonly cachedBytes: number;
  readonly textHitRate: number;
  readonly textHits: number;
  readonly textMisses: number;
  readonly loads: number;
  readonly updates: number;
  readonly reloads: number;
  readonly failures: number;
  readonly expired: number;
}

/** Which handles there are. */
export class ConfigRegistry {
  /** The registry of all handles that are not made by another. */
  static readonly global: ConfigRegistry;
  createConfig(): ConfigBuilder;
  createConfig<T extends object>(values: GivenTable<T>): ConfigHandle<Given<T>>;
  /** The handle of an id, also one of another thread. @throws {ConfigError} where there is none. */
  get<T extends object = ConfigTable>(id: bigint): ConfigHandle<T>;
  has(id: bigint): boolean;
  /** Takes a handle out of the registry; it works on. @throws {ConfigError} where there is none. */
  remove<T extends object = ConfigTable>(id: bigint): ConfigHandle<T>;
  /** Keeps a configuration by its id alone, until nobody has asked for it for a while. @throws {ConfigError} where there is none. */
  lease(id: bigint): void;
  /** How long a lease lasts that nobody uses; an hour. */
  expireAfter(milliseconds: number): void;
  /** Ends the leases that nobody has used for too long, now; gives how many configurations are gone. */
  sweep(): number;
  stats(): RegistryStats;
  /** Forgets the texts of files that are kept for loadings to come. */
  clearCache(): void;
}

/** What `selectProfile`, `strict` and `withSecret` take. */
export interface LoadEnvOptions {
  readonly profile?: string | readonly string[];
  readonly strict?: boolean;
  readonly secrets?: readonly string[];
}

export interface LoadOptions extends LoadEnvOptions {
  /** The prefix of variables that win over files. */
  readonly env?: string;
}

/** A builder without sources, or a handle of values without any file. */
export function createConfig(): ConfigBuilder;
export function createConfig<T extends object>(values: GivenTable<T>): ConfigHandle<Given<T>>;
/** A handle of one file. */
export function loadFile<T extends object = ConfigTable>(path: FilePath, options?: LoadOptions): ConfigHandle<T>;
/** A handle of several files; later ones win. */
export function loadMultiple<T extends object = ConfigTable>(
  paths: readonly FilePath[],
  options?: LoadOptions,
): ConfigHandle<T>;
/** A handle of the variables that begin with a prefix. */
export function loadEnv<T extends object = ConfigTable>(prefix: string, options?: LoadEnvOptions): ConfigHandle<T>;
export const version: string;
