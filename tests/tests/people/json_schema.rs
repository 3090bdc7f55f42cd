//! The schema for editors: it says yes to what loads, and no to what is of the wrong kind.

use serde_json::{Value, json};
use superconfig::{Config, Format, SuperConfig};

use super::check;
use super::settings::{Plain, REQUIRED, Settings, Sinks, Twins};
use super::validator::accepts;

fn schema_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn loads(value: &Value) -> bool {
    let required: Value = serde_json::from_str(REQUIRED).expect("JSON");
    let builder = SuperConfig::<Settings>::new().with_text(Format::Json, required.to_string());
    builder.with_text(Format::Json, value.to_string()).extract().is_ok()
}

#[test]
fn it_is_as_expected() {
    check("settings.schema.json", &Settings::json_schema());
    check("plain.schema.json", &Plain::SCHEMA.json_schema());
    check("sinks.schema.json", &Sinks::json_schema());
}

#[test]
fn it_agrees_with_what_loads() {
    let schema = schema_of(&Settings::json_schema());
    let good = [
        json!({}),
        serde_json::from_str(REQUIRED).expect("JSON"),
        serde_json::from_str(&Settings::template(Format::Json)).expect("JSON"),
        json!({ "port": 1, "host": "::1", "plugins_add": ["x"], "plugins_remove": ["core"] }),
        json!({ "data_dir": null, "tls": null, "tls": { "cert": "c", "client": { "four": null } } }),
        json!({ "mode": "careful", "servers": [{ "host": "1.2.3.4:5", "threads": 1 }] }),
        json!({ "servers_remove": [], "upstreams": { "a": { "url": "u" } }, "labels": { "a": 1 } }),
        json!({ "upstreams_remove": ["a"], "labels_remove": ["b"], "no such key": 1 }),
        json!({ "database": { "pool": { "lowest": -1, "ratio": 1, "letter": "é", "sizes": [3] } } }),
        json!({ "database": { "skew-ms": 3 } }),
        json!({ "store": { "kind": "bucket", "bucket": "b", "limit": null } }),
        json!({ "store": { "kind": "disk", "path": "p", "limit": 5 } }),
        json!({ "tree": { "children": [{ "children": [{ "name": "x" }] }], "by_name": { "a": {} } } }),
        json!({ "production": { "port": 1 }, "default": {}, "profile": { "eu": { "port": 2 } } }),
        json!({ "log level": "debug", "modes": { "a": "fast" }, "order": ["safe"], "hello": "x" }),
        json!({ "pause": 3, "timeout": { "secs": 1, "nanos": 0 }, "listen_port": 3 }),
    ];
    for value in good {
        assert!(loads(&value), "{value} loads");
        assert!(accepts(&schema, &value), "{value} is what the schema describes");
    }
    let bad = [
        json!([]),
        json!({ "port": 65536 }),
        json!({ "port": "x" }),
        json!({ "port": null }),
        json!({ "plugins": "core" }),
        json!({ "plugins_add": [1] }),
        json!({ "mode": "faster" }),
        json!({ "servers": [{ "threads": 0 }] }),
        json!({ "upstreams": { "a": { "retries": -1 } } }),
        json!({ "labels": { "a": "b" } }),
        json!({ "database": { "urll": "u" } }),
        json!({ "database": { "pool": { "lowest": 0 } } }),
        json!({ "database": { "pool": { "letter": "ab" } } }),
        json!({ "database": { "pool": { "warm": "maybe" } } }),
        json!({ "store": { "kind": "tape" } }),
        json!({ "store": { "kind": "disk", "path": "p", "limit": "x" } }),
        json!({ "tree": { "children": [{ "children": [{ "name": [] }] }] } }),
    ];
    for value in bad {
        assert!(!loads(&value), "{value} does not load");
        assert!(!accepts(&schema, &value), "{value} is not what the schema describes");
    }
    // A section that is not selected is not read, but an editor says what is wrong with it.
    for value in
        [json!({ "production": { "port": "x" } }), json!({ "profile": { "a": { "port": "x" } } })]
    {
        assert!(!accepts(&schema, &value), "{value}");
    }
}

#[test]
fn types_of_one_name_are_two() {
    let schema = schema_of(&Twins::SCHEMA.json_schema());
    let names: Vec<_> = schema["$defs"].as_object().expect("types").keys().cloned().collect();
    assert_eq!(names, ["Generic", "Generic2", "Inner", "Inner2", "Twins"]);
    assert!(accepts(&schema, &json!({ "one": { "inner": { "first": 1 } } })));
    assert!(!accepts(&schema, &json!({ "two": { "inner": { "second": "x" } } })));
}

#[test]
fn an_enum_by_itself_has_no_sections() {
    use super::settings::{Mode, Store};
    let schema = schema_of(&Mode::SCHEMA.json_schema());
    assert!(accepts(&schema, &json!("fast")) && !accepts(&schema, &json!({})));
    let schema = schema_of(&Store::SCHEMA.json_schema());
    assert!(accepts(&schema, &json!({ "kind": "memory" })) && !accepts(&schema, &json!(1)));
    assert!(Store::SCHEMA.reference().contains("With `kind` = `disk`"));
    assert!(Mode::SCHEMA.reference().contains("* `fast`: Asks nobody."));
    assert!(Mode::SCHEMA.template(Format::Toml).starts_with("# Mode\n"));
}

#[test]
fn what_loads_is_accepted() {
    let schema = schema_of(&Settings::json_schema());
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(80.0),
        json!(70_000),
        json!(""),
        json!("80"),
        json!("yes"),
        json!("fast"),
        json!("x"),
        json!("::1"),
        json!([]),
        json!(["core"]),
        json!([1]),
        json!([null]),
        json!({}),
        json!({ "name": 1 }),
        json!({ "name": "fast" }),
        json!({ "name": null }),
        json!({ "name": {} }),
        json!([{}]),
        json!({ "kind": "disk" }),
        json!({ "kind": null }),
        json!({ "limit": 1 }),
    ];
    // What is in the section of a profile that is not selected is not read.
    let read =
        |key: &&String| *key != "profile" && !Settings::SCHEMA.profiles.contains(&key.as_str());
    let keys = schema["properties"].as_object().expect("settings").keys().filter(read);
    let pool = ["ratio", "letter", "sizes", "sizes_add", "lowest", "warm"];
    let mut accepted = 0;
    for value in values {
        let settings = keys.clone().map(|key| json!({ key: value }));
        let inside = pool.map(|key| json!({ "database": { "pool": { key: value } } }));
        for document in settings.chain(inside).filter(loads) {
            assert!(accepts(&schema, &document), "{document} loads");
            accepted += 1;
        }
    }
    assert!(accepted > 100, "{accepted} documents load");
}

#[test]
fn unknown_keys_are_refused_where_they_are_denied() {
    let schema = schema_of(&Sinks::json_schema());
    for (value, known) in [
        (json!({ "main_sink": { "type": "file", "keep": 1, "client": { "six": "::2" } } }), true),
        (json!({ "main-sink": { "type": "null" }, "others": [{ "type": "file" }] }), true),
        (json!({ "others_add": [{ "type": "null" }], "by_name": { "a": null } }), true),
        (json!({ "items": [-1], "items_add": [2], "default": {}, "profile": {} }), true),
        (json!({ "main_sin": {} }), false),
        (json!({ "others": [{ "type": "file", "keep": 256 }] }), false),
    ] {
        let text = value.to_string();
        let loaded = SuperConfig::<Sinks>::new().with_text(Format::Json, text).extract();
        assert_eq!(loaded.is_ok(), known, "{value}: {loaded:?}");
        assert_eq!(accepts(&schema, &value), known, "{value}");
    }
}
