//! Configurations without a struct. What every language has in common is in `cases/`; this is what only
//! Rust has, and what holds for any input.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_derive::Deserialize;
use superconfig::source::Overrides;
use superconfig::{Code, ConfigHandle, Format, KeyPath, SuperConfig, Value};

fn toml(text: &str) -> ConfigHandle<Value> {
    SuperConfig::<Value>::new().with_named_text("app.toml", Format::Toml, text).build().unwrap()
}

#[test]
fn parts_are_read_as_types() {
    #[derive(Deserialize, PartialEq, Debug)]
    struct Database {
        url: String,
        pool: Option<u8>,
        extra: BTreeMap<String, Value>,
    }
    let handle = toml("[database]\nurl = 'x'\nextra = { a = 1.0, b = 2026-01-02 }");
    let database: Database = handle.get().read("database").unwrap();
    assert_eq!(database.extra["a"], Value::Float(1.0));
    assert_eq!(database.extra["b"], Value::Datetime("2026-01-02".to_owned()));
    assert_eq!((database.url.as_str(), database.pool), ("x", None));
    assert_eq!(handle.get_value::<String>("database.url").unwrap(), "x");
    let error = handle.get().read::<Vec<u8>>("database.url").unwrap_err();
    assert_eq!(error.problems()[0].code, Code::WrongType);
}

#[test]
fn what_is_written_loads_again() {
    let text = "z = 1\na = 1.0\nday = 2026-01-02\ntime = 07:32:00.5\nnan = nan\nlist = [1, [2], { x = 'y' }]\n\
                [\"a b\".c]\nd = 'e'\nempty = {}";
    let handle = toml(text);
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        let written = handle.to_string_in(format);
        let again = SuperConfig::<Value>::new().with_text(format, &*written).extract().unwrap();
        let value = handle.get();
        if format == Format::Toml {
            assert_eq!(again, *value, "{written}");
        }
        // Other formats have no dates, and JSON has no `nan`.
        for path in ["z", "a", "list", "\"a b\".c"] {
            assert_eq!(again.get(path), value.get(path), "{path} in\n{written}");
        }
    }
}

#[test]
fn a_value_can_be_a_field_and_an_override() {
    #[derive(superconfig::SuperConfig)]
    struct Settings {
        extra: Value,
    }
    let settings = SuperConfig::<Settings>::new()
        .with_text(Format::Toml, "extra = { a = [1, 2.0] }")
        .extract()
        .unwrap();
    assert_eq!(settings.extra.get("a[1]"), Some(&Value::Float(2.0)));
    let value = Value::table([("zip", Value::from("007")), ("day", Value::Null)]);
    let loaded = SuperConfig::<Value>::new().with_override("x", value.clone()).extract().unwrap();
    assert_eq!(loaded.get("x"), Some(&value));
}

#[test]
fn every_source_that_had_a_say_is_told() {
    let handle = SuperConfig::<Value>::new()
        .with_named_text("one", Format::Toml, "a = 1\nlist = [1]\nb.c = 1\n[profile.dev]\na = 9")
        .with_named_text("two", Format::Toml, "a = 2\nlist_add = [2]\nb = 3")
        .with_env("APP_")
        .with_env_vars([("APP_A", "3")])
        .build()
        .unwrap();
    assert_eq!(
        handle.explain("a").unwrap().to_string(),
        "\
a = 3
  variables: APP_A

said, the highest precedence first:
  3
    from variable APP_A
    won
  2
    from two:1:5
    overridden by variable APP_A
  1
    from one:1:5
    overridden by variable APP_A
  9
    from one:5:5 (profile dev)
    not selected: profile dev"
    );
    let list = handle.explain("list").unwrap().to_string();
    assert!(list.contains("add [2]\n    from two:2:12\n    won\n    then it is [1,2]"), "{list}");
    let inner = handle.explain("b.c").unwrap();
    assert_eq!(inner.value, None);
    assert!(inner.to_string().contains("overridden by two:3:5"), "{inner}");
    let error = handle.explain("lisst").unwrap_err();
    assert_eq!(error.problems()[0].code, Code::Usage);
    assert_eq!(error.problems()[0].help, ["did you mean `list`?"]);
    assert_eq!(
        handle.report().to_string(),
        "\
a     3      variable APP_A
list  [1,2]  one:2:9, two:2:13
b     3      two:3:5"
    );
    assert_eq!(handle.keys(), ["a", "list", "b"].map(KeyPath::from));
}

#[test]
fn secrets_are_nowhere_but_in_the_value() {
    let handle = SuperConfig::<Value>::new()
        .with_secret("**.password")
        .with_secret("keys")
        .with_named_text("one", Format::Toml, "[db]\npassword = 'hunter2'\nkeys_add = ['hunter3']")
        .with_override("keys", ["hunter4"])
        .with_source(Overrides::one("db.keys", "hunter5").with("x.password", "hunter6"))
        .with_secret("db.keys")
        .build()
        .unwrap();
    assert_eq!(handle.get().get("db.password"), Some(&Value::from("hunter2")));
    let shown = [
        handle.to_value().to_string(),
        handle.report().to_string(),
        handle.explain("db.password").unwrap().to_string(),
        handle.explain("db.keys").unwrap().to_json(),
        handle.explain("db").unwrap().to_string(),
        handle.explain("keys").unwrap().to_string(),
        handle.to_string_in(Format::Yaml),
        format!("{handle:?} {:?}", handle.to_value()),
        format!("{:?}", handle.debug_messages()),
    ];
    for text in shown {
        assert!(!text.contains("hunter"), "{text}");
    }
}

#[test]
fn the_lines_of_secrets_are_not_shown() {
    let error = SuperConfig::<Value>::new()
        .with_secret("key")
        .with_text(Format::Json, format!("{{\"key\": {}}}", u128::MAX))
        .extract()
        .unwrap_err();
    assert_eq!(error.problems()[0].code, Code::OutOfRange);
    assert!(!error.render().contains(&u128::MAX.to_string()), "{}", error.render());
    let error = SuperConfig::<Value>::new()
        .with_secret("key")
        .with_text(Format::Toml, "key = ['hunter2']")
        .with_text(Format::Toml, "key_add = 'hunter3'")
        .extract()
        .unwrap_err();
    assert!(!error.render().contains("hunter"), "{}", error.render());
    let handle = SuperConfig::<Value>::new()
        .with_secret("keys")
        .with_text(Format::Toml, "keys_remove = ['hunter4']")
        .build()
        .unwrap();
    assert_eq!(handle.warnings().len(), 1);
    assert!(!format!("{:?}", handle.warnings()).contains("hunter"), "{:?}", handle.warnings());
}

#[test]
fn it_reloads_and_says_what_changed() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("app.toml");
    let write = |text: &str| std::fs::write(&file, text).unwrap();
    write("port = 80\nlist = ['a']\nkey = 'hunter2'");
    let handle = SuperConfig::<Value>::new()
        .with_defaults(Value::table([("host", "localhost")]))
        .with_file(&file)
        .with_env("APP_")
        .with_env_vars([("APP_LIST_ADD", "b")])
        .with_secret("key")
        .build()
        .unwrap();
    let (sender, changes) = std::sync::mpsc::channel();
    handle.on_change("port.**", move |change| {
        let paths: Vec<_> = change.changed().iter().map(|one| one.path.to_string()).collect();
        sender.send((change.get().clone(), paths)).unwrap();
    });
    write("port = { http = 80 }\nlist = ['c']\nkey = 'hunter3'");
    let change = handle.reload().unwrap().expect("there is one");
    for (pattern, means) in [("port", true), ("*", true), ("port.http", true), ("host", false)] {
        assert_eq!(change.touches(pattern), means, "{pattern}");
    }
    let (value, paths) = changes.recv().unwrap();
    assert_eq!(value.get("list"), Some(&Value::from(["c", "b"])));
    assert_eq!(value.get("host"), Some(&Value::from("localhost")));
    assert_eq!(paths, ["port.http", "list", "key", "port"]);
    write("port = ");
    handle.reload().unwrap_err();
    assert_eq!(*handle.get(), value);
}

#[test]
fn a_null_that_comes_is_a_change_though_it_is_no_value() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("app.yaml");
    std::fs::write(&file, "b: 1").unwrap();
    let handle = SuperConfig::<Value>::new().with_file(&file).build().unwrap();
    let (sender, told) = std::sync::mpsc::channel();
    handle.on_change("a.x", move |change| sender.send(change.touches("a.x")).unwrap());
    let reload = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let change = handle.reload().unwrap().expect("there is one");
        let first = |one: &superconfig::Changed| one.to_string().lines().next().unwrap().to_owned();
        change.changed().iter().map(first).collect::<Vec<_>>()
    };
    let came = reload("b: 1\na: {x: null, y: 1}");
    assert_eq!(came, ["a.x: not set -> null", "a.y: not set -> 1"]);
    assert!(told.recv().unwrap());
    assert!(handle.get().get("a.x").is_some_and(Value::is_null));
    let went = reload("b: 1");
    assert_eq!(went, ["a.x: null -> not set", "a.y: 1 -> not set"]);
    assert!(told.recv().unwrap());
}

#[test]
fn it_stands_process_wide_as_any_configuration_does() {
    toml("answer = 42").install().unwrap();
    let now = superconfig::entry::try_current::<Value>().unwrap();
    assert_eq!(now.get("answer"), Some(&Value::from(42)));
}

/// Any table of a configuration, as JSON.
fn table() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value as Json;
    let key = || prop::sample::select(vec!["a", "b", "c", "a_add", "b_remove", "c-d", "E"]);
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        (-8_i32..8).prop_map(|n| Json::from(f64::from(n) / 4.0)),
        "[a-c0-9 ]{0,3}".prop_map(Json::from),
    ];
    let value = leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((key(), inner), 0..4)
                .prop_map(|entries| entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    });
    prop::collection::vec((key(), value), 0..5)
        .prop_map(|entries| entries.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
}

proptest! {
    /// The rules of merging are there twice: for values, and for values with their places.
    #[test]
    fn provenance_comes_to_the_same_values(
        documents in prop::collection::vec(table(), 0..4),
        variables in prop::collection::btree_map("APP_[AB](__[AB]|_ADD|_REMOVE|_0)?", "[a1,\\[\\]]{0,3}", 0..3),
    ) {
        let mut builder = SuperConfig::<Value>::new().with_env("APP_").with_env_vars(variables);
        for document in &documents {
            builder = builder.with_text(Format::Json, document.to_string());
        }
        if let Ok(handle) = builder.build() {
            let traced = handle.to_value().to_string();
            prop_assert_eq!(traced, handle.get().to_string());
        }
    }

    /// One document alone is what it says, but for its steps.
    #[test]
    fn a_document_without_steps_is_its_own_value(document in table()) {
        let text = document.to_string().replace("a_add", "a1").replace("b_remove", "b1");
        let expected: Value = serde_json::from_str(&text).unwrap();
        for format in [Format::Json, Format::Jsonc, Format::Yaml] {
            let value = SuperConfig::<Value>::new().with_text(format, &*text).extract().unwrap();
            prop_assert_eq!(&value, &expected);
        }
    }

    /// What one variable means never depends on luck: nothing panics, and the same comes twice.
    #[test]
    fn any_variable_is_read_or_told(name in "[A-C0-9_]{0,12}", value in "\\PC{0,12}", document in table()) {
        let load = || SuperConfig::<Value>::new()
            .with_text(Format::Json, document.to_string())
            .with_env("APP_")
            .with_env_vars([(format!("APP_{name}"), value.clone())])
            .extract()
            .map_err(|error| error.render());
        prop_assert_eq!(load(), load());
    }
}
