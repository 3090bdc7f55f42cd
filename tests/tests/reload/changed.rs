//! Which settings a change names. That is found out without reading what says nothing of them, so it is
//! held here against all values of before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use superconfig::{ConfigHandle, Effective, EffectiveValue, KeyPath, SecretString, SuperConfig};

/// Every kind of setting.
#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS", profiles("production"))]
struct Settings {
    #[config(default = "localhost", alias = "hostname")]
    host: String,
    #[config(default = 80)]
    port: u16,
    #[config(default = 0.5)]
    rate: f64,
    name: Option<String>,
    #[config(secret)]
    key: Option<SecretString>,
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(default, merge = union)]
    tags: BTreeSet<String>,
    labels: BTreeMap<String, String>,
    #[config(flatten)]
    log: Log,
    #[config(nested)]
    pool: Pool,
    #[config(nested, default = Pool { min: 7, max: 8, inner: Inner { depth: 9 } })]
    spare: Pool,
    #[config(nested, merge = replace)]
    whole: Pool,
    #[config(nested)]
    cache: Option<Pool>,
    #[config(nested)]
    store: Option<Store>,
    #[config(nested)]
    upstreams: BTreeMap<String, Pool>,
    #[config(nested, merge_by = name)]
    servers: Vec<Server>,
}

#[derive(SuperConfig)]
struct Log {
    #[config(nested, default)]
    level: Level,
    #[config(default = false)]
    json: bool,
}

#[derive(SuperConfig, Default)]
#[config(rename_all = "snake_case")]
enum Level {
    #[default]
    Info,
    Debug,
}

#[derive(SuperConfig, Clone)]
struct Pool {
    #[config(default = 1)]
    min: u16,
    #[config(default = 2)]
    max: u16,
    #[config(nested)]
    inner: Inner,
}

#[derive(SuperConfig, Clone)]
struct Inner {
    #[config(default = 3)]
    depth: u16,
}

#[derive(SuperConfig)]
#[config(tag = "kind", rename_all = "snake_case")]
enum Store {
    Memory,
    Disk {
        path: String,
        #[config(default = 1)]
        size: u32,
    },
}

#[derive(SuperConfig)]
struct Server {
    #[config(default = "s")]
    name: String,
    #[config(default = 80)]
    port: u16,
}

/// What `base.toml` may say. There is always a comment, so that each text is another one.
const BASE: [&str; 8] = [
    "# nothing",
    "port = 81\nrate = 0.0\n[pool]\nmin = 5\n[pool.inner]\ndepth = 6",
    "port = 81\nrate = -0.0\n[production]\nport = 82\n[production.pool]\nmax = 9",
    "hostname = 'a'\nplugins = ['x', 'y']\ntags = ['t']\nkey = 'one'",
    "host = 'a'\nplugins_add = ['z']\ntags = ['t', 'u']\nkey = 'two'\n[labels]\na = '1'",
    "[whole]\nmin = 3\n[spare]\nmax = 1\n[cache]\n[upstreams.a]\nmin = 1\n[upstreams.b]\n",
    "[store]\nkind = 'disk'\npath = '/'\n[[servers]]\nname = 'a'\n[[servers]]\nname = 'b'\nport = 1",
    "level = 'debug'\n[default]\njson = true\n[default.pool]\nmin = 4\n[profile.other]\nport = 1",
];

/// What `top.yaml` may say.
const TOP: [&str; 8] = [
    "# nothing",
    "port: 81\npool: {min: 5}\nname: x",
    "port: 90\nname: null\nkey: null\ncache: null",
    "plugins_add: [q]\nplugins_remove: [core]\nlabels: {a: '2', b: '3'}",
    "plugins: [core, q]\nlabels_remove: [a]\ncache: {inner: {depth: 3}}",
    "whole: {max: 4}\nspare: {inner: {depth: 1}}\nupstreams: {a: {max: 7}}\nupstreams_remove: [b]",
    "store: {kind: memory}\nservers: [{name: b, port: 2}, {name: c}]\nlevel: info",
    "store: {size: 4, kind: disk, path: '/x'}\nrate: 0.5\npool: {inner: {depth: 3}}",
];

/// What the variables may say.
const VARIABLES: [&str; 6] = [
    "# nothing",
    "ORDERS_PORT=83\nORDERS_POOL_INNER_DEPTH=11",
    "ORDERS_PLUGINS_ADD=v\nORDERS_LABELS_C=4",
    "ORDERS_SERVERS_0_PORT=5\nORDERS_NAME=",
    "ORDERS_SPARE_MIN=1\nORDERS_WHOLE_MIN=2\nORDERS_KEY=three",
    "ORDERS_POOL={\"min\": 1, \"max\": 12}\nORDERS_LEVEL=debug",
];

/// Each setting that has no further ones in it, by its path.
fn leaves(value: &EffectiveValue) -> BTreeMap<String, String> {
    fn walk(path: &KeyPath, value: &EffectiveValue, into: &mut BTreeMap<String, String>) {
        match value.value() {
            Effective::Table(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    walk(&path.clone().join(key.clone()), value, into);
                }
            }
            Effective::List(items)
                if items.iter().any(|item| matches!(item.value(), Effective::Table(_))) =>
            {
                for (index, item) in items.iter().enumerate() {
                    walk(&path.clone().join(index), item, into);
                }
            }
            _ => drop(into.insert(path.to_string(), value.to_json())),
        }
    }
    let mut all = BTreeMap::new();
    walk(&KeyPath::root(), &value.clone().expose_secrets(), &mut all);
    all
}

/// The paths of all that is another value. What was empty, or comes to be, and has something in it on the
/// other side, is told by what is in it.
fn expected(before: &EffectiveValue, now: &EffectiveValue) -> BTreeSet<String> {
    let (before, now) = (leaves(before), leaves(now));
    let both = || before.keys().chain(now.keys());
    let differing: BTreeSet<&String> =
        both().filter(|path| before.get(*path) != now.get(*path)).collect();
    let is_empty = |text: &String| ["null", "{}", "[]"].contains(&text.as_str());
    let is_filled = |path: &str| {
        let one_sided = before.contains_key(path) != now.contains_key(path);
        let empty = before.get(path).or(now.get(path)).is_some_and(is_empty);
        let inside = |other: &&String| {
            other.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        one_sided && empty && differing.iter().any(inside)
    };
    differing.iter().filter(|path| !is_filled(path)).map(|path| (*path).clone()).collect()
}

struct World {
    directory: tempfile::TempDir,
    given: Arc<AtomicU16>,
    settings: ConfigHandle<Settings>,
}

impl World {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        for (name, text) in
            [("base.toml", BASE[0]), ("top.yaml", TOP[0]), ("variables.env", VARIABLES[0])]
        {
            fs::write(directory.path().join(name), text).expect("it can be written");
        }
        let given = Arc::new(AtomicU16::new(1));
        let min = Arc::clone(&given);
        let settings = SuperConfig::<Settings>::new()
            .with_defaults_from(move || defaults(min.load(Ordering::Relaxed)))
            .with_file(directory.path().join("base.toml"))
            .with_file(directory.path().join("top.yaml"))
            .with_dotenv(directory.path().join("variables.env"))
            .with_env_vars([] as [(&str, &str); 0])
            .select_profile("production")
            .build()
            .expect("it loads");
        Self { directory, given, settings }
    }

    /// Reloads, and holds what is said to have changed against all values of before and after.
    fn reload(&self) -> Vec<String> {
        let before = self.settings.to_value();
        let change = self.settings.reload().expect("it loads");
        let now = self.settings.to_value();
        let Some(change) = change else {
            assert_eq!(expected(&before, &now), BTreeSet::new());
            return Vec::new();
        };
        let paths: Vec<String> =
            change.changed().iter().map(|changed| changed.path.to_string()).collect();
        assert_eq!(
            paths.iter().cloned().collect::<BTreeSet<_>>(),
            expected(&before, &now),
            "from {before} to {now}",
        );
        for changed in change.changed() {
            for (told, all) in [(&changed.old, &before), (&changed.new, &now)] {
                let is_setting = leaves(all).contains_key(&changed.path.to_string());
                let known = all.get(changed.path.clone()).filter(|_| is_setting);
                assert_eq!(told.as_ref(), known, "with its origins");
            }
        }
        paths
    }

    fn write(&self, name: &str, text: &str) -> Vec<String> {
        fs::write(self.directory.path().join(name), text).expect("it can be written");
        self.reload()
    }
}

fn defaults(min: u16) -> Settings {
    let pool = Pool { min, max: 2, inner: Inner { depth: 3 } };
    Settings {
        host: "localhost".to_owned(),
        port: 80,
        rate: 0.5,
        name: None,
        key: None,
        plugins: vec!["core".to_owned()],
        tags: BTreeSet::new(),
        labels: BTreeMap::new(),
        log: Log { level: Level::Info, json: false },
        pool: pool.clone(),
        spare: pool.clone(),
        whole: pool,
        cache: None,
        store: None,
        upstreams: BTreeMap::new(),
        servers: Vec::new(),
    }
}

#[test]
fn what_one_source_alone_changes() {
    let world = World::new();
    assert_eq!(world.write("variables.env", VARIABLES[1]), ["port", "pool.inner.depth"]);
    // It is overridden by the variable, so nothing has another value.
    assert_eq!(world.write("base.toml", "port = 84"), [""; 0]);
    assert_eq!(world.write("variables.env", "# nothing"), ["port", "pool.inner.depth"]);
    // Below, and above, what stays.
    assert_eq!(world.write("base.toml", "port = 84\nplugins = ['core']"), ["plugins"]);
    assert_eq!(world.write("top.yaml", "plugins_add: [more]"), ["plugins"]);
    assert_eq!(world.write("base.toml", "port = 84\nplugins = ['core', 'x']"), ["plugins"]);
    assert_eq!(world.write("top.yaml", "plugins_add: [more]\nplugins_remove: [x]"), ["plugins"]);
    world.given.store(5, Ordering::Relaxed);
    assert_eq!(world.reload(), ["pool.min", "spare.min", "whole.min"]);
    // A value that is taken away, and one that is an empty variable.
    assert_eq!(
        world.write("top.yaml", "name: x\nplugins_add: [more]\nplugins_remove: [x]"),
        ["name"]
    );
    assert_eq!(world.write("variables.env", "ORDERS_NAME="), ["name"]);
    // A zero has a sign.
    assert_eq!(world.write("variables.env", "ORDERS_RATE=0.0\nORDERS_NAME="), ["rate"]);
    assert_eq!(world.write("variables.env", "ORDERS_RATE=-0.0\nORDERS_NAME="), ["rate"]);
}

#[test]
fn whatever_changes_after_whatever_all_of_it_is_told_and_nothing_else() {
    let world = World::new();
    let mut dice = 1_u32;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) as usize % sides
    };
    let mut told = 0;
    for _ in 0..500 {
        told += match roll(5) {
            0 => world.write("base.toml", BASE[roll(BASE.len())]),
            1 => world.write("top.yaml", TOP[roll(TOP.len())]),
            2 => world.write("variables.env", VARIABLES[roll(VARIABLES.len())]),
            3 => {
                world.given.store(u16::try_from(roll(3)).expect("0 to 2"), Ordering::Relaxed);
                world.reload()
            }
            // Several at once.
            _ => {
                let put = |name: &str, text: &str| {
                    fs::write(world.directory.path().join(name), text).expect("it can be written");
                };
                put("base.toml", BASE[roll(BASE.len())]);
                put("top.yaml", TOP[roll(TOP.len())]);
                world.write("variables.env", VARIABLES[roll(VARIABLES.len())])
            }
        }
        .len();
    }
    assert!(told > 500, "{told}");
}

#[derive(SuperConfig)]
struct Sites {
    #[config(nested)]
    sites: Vec<Site>,
}

#[derive(SuperConfig)]
#[allow(dead_code)] // what changes is told, not read
struct Site {
    host: Option<String>,
    note: Option<String>,
}

#[test]
fn what_an_element_that_comes_or_goes_does_not_set_is_no_change() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("sites.yaml");
    fs::write(&file, "sites: []").expect("it can be written");
    let settings = SuperConfig::<Sites>::new().with_file(&file).build().expect("it loads");
    let changed = |text: &str| -> Vec<String> {
        fs::write(&file, text).expect("it can be written");
        let change = settings.reload().expect("it loads").expect("there is a change");
        change.changed().iter().map(|changed| changed.path.to_string()).collect()
    };
    assert_eq!(changed("sites: [{host: a}]"), ["sites[0].host"]);
    // An element in which nothing is set has come, and something has to say so.
    assert_eq!(changed("sites: [{host: a}, {}]"), ["sites[1].host", "sites[1].note"]);
    assert_eq!(changed("sites: [{host: a}]"), ["sites[1].host", "sites[1].note"]);
    assert_eq!(changed("sites: []"), ["sites[0].host"]);
}
