//! What `stats()` says of memory: all that a configuration points to.

use std::collections::{BTreeMap, HashMap};

use superconfig::value::Table;
use superconfig::{Config, ConfigRegistry, Format, HeapSize, SecretString, SuperConfig, Value};

/// Much, beside what a handle takes.
const MUCH: usize = 100_000;

#[derive(SuperConfig, Clone, Default)]
struct Settings {
    #[config(default)]
    name: String,
    #[config(nested)]
    inner: Inner,
    #[config(nested)]
    store: Option<Store>,
    #[config(nested)]
    by_name: BTreeMap<String, Inner>,
    #[config(flatten)]
    flat: Flat,
    #[config(skip)]
    skipped: Vec<u64>,
    #[config(nested, default)]
    level: Level,
}

#[derive(SuperConfig, Clone, Default)]
struct Inner {
    #[config(default)]
    text: Option<String>,
    #[config(default)]
    list: Vec<String>,
    #[config(default)]
    table: HashMap<String, u64>,
    #[config(nested)]
    children: Vec<Inner>,
}

#[derive(SuperConfig, Clone)]
#[config(tag = "kind", rename_all = "snake_case")]
enum Store {
    Memory,
    Disk {
        path: String,
    },
    Other(Flat),
    #[config(skip)]
    Hidden {
        size: u8,
    },
}

#[derive(SuperConfig, Clone, Default)]
struct Flat {
    #[config(default, secret)]
    key: SecretString,
}

#[derive(SuperConfig, Clone, Default)]
#[config(rename_all = "snake_case")]
enum Level {
    #[default]
    Low,
    High,
}

fn much() -> String {
    "x".repeat(MUCH)
}

/// The memory that a registry of nothing but this says it takes.
fn memory(value: impl Config) -> usize {
    let registry = ConfigRegistry::new();
    let _handle = registry.insert(value).expect("valid");
    registry.stats().memory_usage_bytes
}

/// By how much this is more than much.
fn beyond<T: Config + Default>(value: T) -> usize {
    let more = memory(value) - memory(T::default());
    assert!(more >= MUCH, "{more}");
    more - MUCH
}

#[test]
fn texts_lists_and_maps_count_wherever_they_stand() {
    let settings = Settings::default;
    let inner = Inner::default;
    let with = |inner| Settings { inner, ..Settings::default() };
    assert_eq!(beyond(Settings { name: much(), ..settings() }), 0);
    assert_eq!(beyond(with(Inner { text: Some(much()), ..inner() })), 0);
    let item = size_of::<String>();
    assert_eq!(beyond(with(Inner { list: vec![much()], ..inner() })), item);
    assert_eq!(
        beyond(with(Inner { list: vec![String::new(); MUCH / item + 1], ..inner() })) / item,
        0
    );
    let child = Inner { text: Some(much()), ..inner() };
    assert_eq!(
        beyond(with(Inner { children: vec![child.clone()], ..inner() })),
        size_of::<Inner>()
    );
    assert!(beyond(with(Inner { table: HashMap::from([(much(), 1)]), ..inner() })) < 500);
    let by_name = BTreeMap::from([("a".to_owned(), child)]);
    assert!(beyond(Settings { by_name, ..settings() }) < 5_000);
    assert_eq!(beyond(Settings { skipped: Vec::with_capacity(MUCH / 8), ..settings() }), 0);
    let flat = Flat { key: SecretString::from(much()) };
    assert_eq!(beyond(Settings { flat, ..settings() }), 0);
}

#[test]
fn of_an_enum_the_variant_that_stands_counts() {
    let with = |store| Settings { store: Some(store), ..Settings::default() };
    assert_eq!(beyond(with(Store::Disk { path: much() })), 0);
    assert_eq!(beyond(with(Store::Other(Flat { key: SecretString::from(much()) }))), 0);
    assert_eq!(memory(with(Store::Memory)), memory(Settings::default()));
    assert_eq!(Store::Hidden { size: 1 }.heap_size(), 0);
    assert_eq!(Level::High.heap_size(), 0);
}

#[test]
fn generic_configurations_count_what_they_hold() {
    #[derive(SuperConfig, Clone, Default)]
    struct Pair<T> {
        #[config(nested)]
        first: T,
        #[config(nested)]
        more: Vec<T>,
        #[config(default)]
        text: String,
    }

    #[derive(SuperConfig, Clone)]
    #[config(tag = "kind")]
    enum Either<T> {
        Left {
            #[config(nested)]
            inner: T,
        },
        Right(T),
    }

    let flat = || Flat { key: SecretString::from(much()) };
    assert_eq!(beyond(Pair { first: flat(), more: Vec::new(), text: String::new() }), 0);
    let more = vec![flat()];
    assert_eq!(
        beyond(Pair { first: Flat::default(), more, text: String::new() }),
        size_of::<Flat>()
    );
    assert_eq!(beyond(Pair { first: Flat::default(), more: Vec::new(), text: much() }), 0);
    assert_eq!(Either::Left { inner: flat() }.heap_size(), MUCH);
    assert_eq!(Either::Right(flat()).heap_size(), MUCH);
}

#[test]
fn a_leaf_that_says_nothing_counts_nothing_and_one_that_does_counts() {
    #[derive(serde_derive::Deserialize, Clone, Default, PartialEq)]
    #[serde(transparent)]
    struct Silent(String);

    #[derive(serde_derive::Deserialize, Clone, Default)]
    #[serde(transparent)]
    struct Said(String);

    impl HeapSize for Said {
        fn heap_size(&self) -> usize {
            self.0.heap_size()
        }
    }

    #[derive(SuperConfig, Clone, Default)]
    struct Leaves {
        #[config(default)]
        silent: Silent,
        #[config(default)]
        said: Option<Said>,
        #[config(default)]
        many: Vec<Silent>,
    }

    let leaves = Leaves::default;
    assert_eq!(memory(Leaves { silent: Silent(much()), ..leaves() }), memory(leaves()));
    assert_eq!(beyond(Leaves { said: Some(Said(much())), ..leaves() }), 0);
    let room = size_of::<Silent>();
    let many = Vec::with_capacity(MUCH / room + 1);
    assert!(beyond(Leaves { many, ..leaves() }) < room);
}

#[test]
fn a_value_without_a_struct_counts_what_is_in_it() {
    let list = Value::List(vec![much().into(), Value::Null]);
    let table: Table = [("a", list)].into_iter().collect();
    let more = memory(Value::Table(table)) - memory(Value::Table(Table::new()));
    assert!((MUCH..MUCH + 1_000).contains(&more), "{more}");
}

#[test]
fn what_is_updated_reloaded_or_dropped_counts_no_longer() {
    let registry = ConfigRegistry::new();
    let bytes = || registry.stats().memory_usage_bytes;
    let empty = bytes();
    let handle = registry.insert(Settings { name: much(), ..Settings::default() }).expect("valid");
    assert!(bytes() > empty + MUCH);
    registry.update(handle.id(), |_| Settings::default()).expect("valid");
    assert!(bytes() < empty + 5_000);
    drop(handle);

    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("app.toml");
    std::fs::write(&file, format!("name = '{}'", much())).expect("it can be written");
    let builder = SuperConfig::<Settings>::new().with_file(&file);
    let handle = builder.build_in(&registry).expect("it loads");
    assert!(bytes() > empty + MUCH);
    std::fs::write(&file, "name = 'short'").expect("it can be written");
    handle.reload().expect("it loads");
    assert!(bytes() < empty + 5_000);
    let text = format!("inner.list = ['{}']", much());
    let more = SuperConfig::<Settings>::new().with_text(Format::Toml, text);
    let more = more.build_in(&registry).expect("it loads");
    assert!(bytes() > empty + MUCH);
    drop((handle, more));
    assert!(bytes() < empty + 500, "{} {empty}", bytes());
}
