//! Settings that keep their value until the program is started again.

use std::collections::BTreeMap;

use superconfig::{Code, SuperConfig};

use crate::{Notes, World};

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS", validate = below)]
struct Settings {
    #[config(default = 8080, restart_required)]
    port: u16,
    #[config(default = 10)]
    limit: u16,
    #[config(default = ["core"], restart_required)]
    plugins: Vec<String>,
    #[config(nested)]
    database: Database,
    #[config(nested)]
    cache: Option<Database>,
    #[config(nested)]
    upstreams: BTreeMap<String, Database>,
    #[config(nested)]
    store: Store,
    #[config(flatten)]
    log: Log,
}

fn below(settings: &Settings) -> Result<(), &'static str> {
    if settings.limit < settings.port { Ok(()) } else { Err("the limit must be below the port") }
}

#[derive(SuperConfig)]
struct Database {
    #[config(default = "db", restart_required)]
    url: String,
    #[config(default = 4)]
    max: u32,
}

#[derive(SuperConfig)]
#[config(tag = "kind", rename_all = "snake_case")]
enum Store {
    Memory,
    Disk {
        #[config(restart_required)]
        path: String,
        #[config(default = 1)]
        size: u32,
    },
}

#[derive(SuperConfig)]
struct Log {
    #[config(default = "info", restart_required)]
    level: String,
    #[config(default = false)]
    json: bool,
}

const STORE: &str = "[store]\nkind = 'memory'\n";

fn pending(settings: &superconfig::ConfigHandle<Settings>) -> Vec<String> {
    let line = |one: &superconfig::Changed| {
        let value = |value: &Option<superconfig::EffectiveValue>| {
            value.as_ref().map_or("nothing".to_owned(), ToString::to_string)
        };
        format!("{} {} {}", one.path, value(&one.old), value(&one.new))
    };
    settings.pending().iter().map(line).collect()
}

#[test]
fn the_old_value_stays_and_the_new_one_is_pending() {
    let world = World::new(STORE);
    let settings = world.builder::<Settings>().build().expect("it loads");
    let notes = Notes::default();
    let heard = notes.clone();
    settings.on_change("**", move |change| heard.note(change));
    world.write(&format!("port = 9000\nlimit = 20\n{STORE}"));
    settings.reload().expect("it loads").expect("it changed");
    assert_eq!((settings.get().port, settings.get().limit), (8080, 20));
    assert_eq!(pending(&settings), ["port 8080 9000"]);
    assert_eq!(
        notes.take(),
        ["\
generation 2, 1 setting changed
  limit: 10 -> 20
    from the declared default -> orders.toml:2:9
1 setting waits for a restart
  port: 8080 -> 9000
    from the declared default -> orders.toml:1:8"]
    );
    // What is said of the configuration speaks of the value in force.
    assert_eq!(settings.origin("port").expect("it is set").to_string(), "the declared default");
    assert_eq!(settings.to_value().get("port").map(ToString::to_string).as_deref(), Some("8080"));
    let explanation = settings.explain("port").expect("it is one");
    assert_eq!(explanation.pending.map(|value| value.to_string()).as_deref(), Some("9000"));
    assert!(settings.report().to_string().contains("waits for a restart"));
    // It waits for as long as the sources say so, and no longer.
    world.write(&format!("port = 9001\nlimit = 21\n{STORE}"));
    settings.reload().expect("it loads");
    assert_eq!((settings.get().port, settings.get().limit), (8080, 21));
    assert_eq!(pending(&settings), ["port 8080 9001"]);
    assert!(settings.reload().expect("it loads").is_none());
    assert_eq!(pending(&settings), ["port 8080 9001"]);
    world.write(&format!("limit = 22\n{STORE}"));
    settings.reload().expect("it loads");
    assert_eq!((settings.get().port, settings.get().limit), (8080, 22));
    assert!(settings.pending().is_empty());
}

#[test]
fn only_what_is_pending_is_no_change() {
    let world = World::new(STORE);
    let settings = world.builder::<Settings>().build().expect("it loads");
    let mut changes = settings.changes();
    world.write(&format!("port = 9000\n{STORE}"));
    let change = settings.reload().expect("it loads").expect("other bytes");
    assert!(change.changed().is_empty() && change.pending().len() == 1);
    assert!(changes.try_next().is_none());
}

#[test]
fn it_holds_wherever_the_setting_stands() {
    let file = |word: &str, number: u32| {
        format!(
            "plugins = ['{word}']\nlevel = '{word}'\njson = {}\n\
             [database]\nurl = '{word}'\nmax = {number}\n\
             [cache]\nurl = '{word}'\nmax = {number}\n\
             [upstreams.a]\nurl = '{word}'\nmax = {number}\n\
             [store]\nkind = 'disk'\npath = '{word}'\nsize = {number}\n",
            number > 1
        )
    };
    let world = World::new(&file("old", 1));
    let settings = world.builder::<Settings>().build().expect("it loads");
    world.write(&file("new", 2));
    let change = settings.reload().expect("it loads").expect("it changed");
    let now = settings.get();
    assert_eq!(
        (&*now.plugins, &*now.log.level, now.log.json),
        (&["old".to_owned()][..], "old", true)
    );
    let cache = now.cache.as_ref().expect("it is set");
    for database in [&now.database, cache, &now.upstreams["a"]] {
        assert_eq!((&*database.url, database.max), ("old", 2));
    }
    let Store::Disk { path, size } = &now.store else { panic!("it is on disk") };
    assert_eq!((&**path, *size), ("old", 2));
    assert_eq!(
        pending(&settings),
        [
            "plugins [\"old\"] [\"new\"]",
            "database.url \"old\" \"new\"",
            "cache.url \"old\" \"new\"",
            "upstreams.a.url \"old\" \"new\"",
            "store.path \"old\" \"new\"",
            "level \"old\" \"new\"",
        ]
    );
    let changed: Vec<_> = change.changed().iter().map(|one| one.path.to_string()).collect();
    assert_eq!(changed, ["database.max", "cache.max", "upstreams.a.max", "store.size", "json"]);
}

#[test]
fn what_was_not_there_before_takes_the_new_value() {
    let world = World::new(STORE);
    let settings = world.builder::<Settings>().build().expect("it loads");
    world.write("[cache]\nurl = 'c'\n[upstreams.b]\nurl = 'b'\n[store]\nkind = 'disk'\npath = 'p'");
    settings.reload().expect("it loads");
    let now = settings.get();
    assert_eq!(now.cache.as_ref().map(|cache| &*cache.url), Some("c"));
    assert_eq!(now.upstreams["b"].url, "b");
    assert!(matches!(&now.store, Store::Disk { path, .. } if path == "p"));
    assert!(settings.pending().is_empty());
}

#[test]
fn a_value_that_waits_is_checked_and_so_is_what_it_leaves() {
    let world = World::new(STORE);
    let settings = world.builder::<Settings>().build().expect("it loads");
    // A restart would refuse this one.
    world.write(&format!("port = 'x'\n{STORE}"));
    assert_eq!(settings.reload().expect_err("wrong").problems()[0].code, Code::WrongType);
    // This one a restart would take, but the limit does not go with the port in force.
    world.write(&format!("port = 9000\nlimit = 8500\n{STORE}"));
    let error = settings.reload().expect_err("wrong");
    assert_eq!(error.problems()[0].code, Code::Invalid);
    assert_eq!(error.context(), ["with the settings that need a restart as they were"]);
    assert_eq!((settings.get().port, settings.get().limit), (8080, 10));
}

#[test]
fn given_values_and_variables_hold_too() {
    #[derive(SuperConfig, Clone)]
    #[config(env_prefix = "ORDERS")]
    struct Small {
        #[config(restart_required)]
        port: u16,
        #[config(restart_required)]
        host: String,
        size: u8,
    }

    let world = World::new("size = 1");
    let builder = SuperConfig::<Small>::new()
        .with_defaults(Small { port: 1, host: "given".into(), size: 0 })
        .with_env(None)
        .with_directory(world.path())
        .with_file("orders.toml");
    let settings = builder.with_env_vars([("ORDERS_PORT", "2")]).build().expect("it loads");
    world.write("port = 3\nhost = 'file'\nsize = 2");
    settings.reload().expect("it loads");
    let now = settings.get();
    assert_eq!((now.port, &*now.host, now.size), (2, "given", 2));
    let waiting: Vec<_> = settings.pending().iter().map(|one| one.path.to_string()).collect();
    assert_eq!(waiting, ["port", "host"]);
}
