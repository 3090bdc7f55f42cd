//! The two ways of JSON and of YAML agree: where the fast path says yes, the tree gives the same
//! layers; and it says yes to what files usually hold.

mod settings;

use std::fmt::Write;

use proptest::prelude::*;
use settings::{agree, fast, slow};
use superconfig::Format::{Json, Jsonc, Yaml};

const WHOLE: &str = r#"{
  "name": "orders", "small": 3, "large": 18446744073709551615, "ratio": 1.5, "debug": true,
  "max-size": -12, "plugins": ["a", "b"], "plugins_add": ["c"], "ports": [1, 2],
  "labels": {"a": "x", "b": null}, "labels_remove": ["q"],
  "net": {"host": "h", "port": 1, "note": null}, "tls": {"host": "x\u0041"},
  "servers": [{"host": "a", "port": 2}, {"host": "b"}], "servers_remove": ["z"],
  "upstreams": {"u": {"host": "1.10"}}, "any": {"x": [1, {"y": null}], "z": 2.5}, "mode": "fast",
  "store": {"kind": "net", "host": "q"}, "level": "info", "unknown": {"z": [1]}, "old": "x",
  "production": {"name": "p"}, "profile": {"eu": {"small": 1}, "xx": {"small": 999}},
  "staging": {"a": 1}, "default": {"debug": false}
}"#;

#[test]
fn the_fast_path_takes_what_files_usually_hold() {
    assert!(agree(Json, WHOLE));
    // Nearly all JSON is YAML too.
    assert!(agree(Yaml, WHOLE));
    assert_eq!(fast(Json, WHOLE, false), fast(Yaml, WHOLE, false));
    let said = fast(Json, WHOLE, false).expect("usual");
    assert!(said.remarks, "an unknown and a deprecated key");
    assert_eq!(said.found, ["production", "eu", "xx", "staging"]);
    assert!(said.settings.contains("Profile(1): name=Some(\"p\");"), "{said:?}");
    assert!(!fast(Json, r#"{"name": "a", "level": "x"}"#, true).expect("usual").remarks);
}

#[test]
fn the_fast_path_leaves_the_unusual_to_the_tree() {
    let documents = [
        // Nothing at all, or no table.
        "{}",
        "null",
        "[]",
        "1",
        "\"x\"",
        // Unknown keys where they are denied.
        r#"{"net": {"what": 1}}"#,
        r#"{"servers": [{"what": 1}]}"#,
        r#"{"what": 1}"#,
        // Null where none is taken.
        r#"{"name": null}"#,
        r#"{"net": null}"#,
        r#"{"plugins": null}"#,
        r#"{"plugins": [null]}"#,
        r#"{"labels": {"a": null}}"#,
        r#"{"tls": null}"#,
        r#"{"any": null}"#,
        r#"{"plugins_add": null}"#,
        r#"{"production": null}"#,
        r#"{"profile": null}"#,
        r#"{"labels_remove": [null]}"#,
        // Shapes that do not fit.
        r#"{"name": []}"#,
        r#"{"name": {}}"#,
        r#"{"net": []}"#,
        r#"{"net": 1}"#,
        r#"{"plugins": "a"}"#,
        r#"{"plugins": {}}"#,
        r#"{"labels": []}"#,
        r#"{"labels": {"a": {}}}"#,
        r#"{"servers": {}}"#,
        r#"{"servers": [1]}"#,
        r#"{"store": 1}"#,
        r#"{"store": []}"#,
        r#"{"profile": []}"#,
        r#"{"production": []}"#,
        r#"{"labels_remove": {"a": 1}}"#,
        r#"{"labels_remove": "a"}"#,
        r#"{"labels_remove": [1]}"#,
        r#"{"servers_remove": [{}]}"#,
        r#"{"upstreams_remove": ["a"]}"#,
        // Enums with and without their tag, first and last.
        r#"{"store": {}}"#,
        r#"{"store": {"host": "a"}}"#,
        r#"{"store": {"host": "a", "kind": "net"}}"#,
        r#"{"store": {"kind": "net", "host": "a"}}"#,
        r#"{"store": {"kind": "what"}}"#,
        r#"{"store": {"kind": 1}}"#,
        r#"{"store": {"kind": null}}"#,
        r#"{"store": {"kind": "log", "what": 1}}"#,
        r#"{"store": {"kind": "net", "kind": "net"}}"#,
        r#"{"store": {"level": "a"}}"#,
        r#"{"mode": "safe"}"#,
        r#"{"mode": "FAST"}"#,
        r#"{"mode": {"fast": null}}"#,
        // Spellings and sections.
        r#"{"title": "a", "name": "b"}"#,
        r#"{"app": "a"}"#,
        r#"{"max-size": 1, "max_size": 2}"#,
        r#"{"plugins": ["a"], "plugins": ["b"]}"#,
        r#"{"plugins_add": ["a"], "plugins-add": ["b"]}"#,
        r#"{"level": "a", "level": "b"}"#,
        r#"{"production": {"name": "a"}, "profile": {"production": {"small": 2}}}"#,
        r#"{"production": {"plugins": ["a"]}, "profile": {"production": {"plugins": ["b"]}}}"#,
        r#"{"default": {"default": {}}}"#,
        r#"{"production": {"production": {}}}"#,
        // Numbers that look alike.
        r#"{"any": 36893488147419103232}"#,
        r#"{"any": -0}"#,
        r#"{"ratio": -0}"#,
        r#"{"ratio": 1e300}"#,
        r#"{"max_size": 36893488147419103232}"#,
        r#"{"ratio": 36893488147419103232}"#,
        r#"{"debug": 1}"#,
    ];
    for text in documents {
        agree(Json, text);
        agree(Yaml, text);
        let json = slow(Json, text, false);
        assert_eq!(json, slow(Jsonc, text, false), "{text}");
        if let (Ok(json), Ok(yaml)) = (json, slow(Yaml, text, false)) {
            // A number without quotes is as good as a string in YAML, and the other way round.
            if !text.contains("any") {
                assert_eq!(json, yaml, "{text}");
            }
        }
    }
}

/// A document of any shape, as both formats can write it.
#[derive(Debug, Clone)]
enum Value {
    Word(&'static str),
    Text(String),
    Number(String),
    List(Vec<Value>),
    Table(Vec<(String, Value)>),
}

const KEYS: [&str; 30] = [
    "name",
    "title",
    "app",
    "small",
    "large",
    "ratio",
    "debug",
    "max_size",
    "max-size",
    "plugins",
    "plugins_add",
    "plugins_remove",
    "ports",
    "labels",
    "labels_remove",
    "net",
    "tls",
    "servers",
    "servers_remove",
    "upstreams",
    "any",
    "mode",
    "store",
    "level",
    "host",
    "port",
    "note",
    "kind",
    "production",
    "profile",
];

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[ -~é😀\n\t]{0,8}",
        prop::sample::select(vec!["net", "log", "fast", "safe", "", "true", "1", "~"])
            .prop_map(str::to_owned)
    ];
    let number = prop_oneof![
        any::<i8>().prop_map(|n| n.to_string()),
        any::<i128>().prop_map(|n| n.to_string()),
        any::<u64>().prop_map(|n| n.to_string()),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(|n| format!("{n:?}")),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?",
    ];
    let leaf = prop_oneof![
        prop::sample::select(vec!["null", "true", "false"]).prop_map(Value::Word),
        text.prop_map(Value::Text),
        number.prop_map(Value::Number),
    ];
    let key = prop_oneof![
        12 => prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned),
        1 => "[a-c]{0,2}",
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            2 => prop::collection::vec((key.clone(), inner), 0..5).prop_map(Value::Table),
        ]
    })
}

/// Values that fit their keys, so that the fast path is mostly taken.
fn fitting() -> impl Strategy<Value = Value> {
    let text = "[a-z \n\"é]{0,6}".prop_map(Value::Text).boxed();
    let small = any::<u8>().prop_map(|n| Value::Number(n.to_string())).boxed();
    let note = prop_oneof![Just(Value::Word("null")), text.clone()].boxed();
    let texts = prop::collection::vec(text.clone(), 0..4).prop_map(Value::List).boxed();
    let inner = prop::collection::vec(
        prop_oneof![
            text.clone().prop_map(|v| ("host".to_owned(), v)),
            small.clone().prop_map(|v| ("port".to_owned(), v)),
            note.clone().prop_map(|v| ("note".to_owned(), v)),
        ],
        0..4,
    )
    .prop_map(Value::Table)
    .boxed();
    let map = |inner: BoxedStrategy<Value>| {
        prop::collection::vec(("[a-d]{1,2}", inner), 0..4).prop_map(Value::Table).boxed()
    };
    let entry = |keys: &'static [&'static str], value: BoxedStrategy<Value>| {
        (prop::sample::select(keys), value).prop_map(|(key, value)| (key.to_owned(), value)).boxed()
    };
    let entries = prop_oneof![
        entry(&["name", "title", "app", "level"], text.clone()),
        entry(&["small", "large", "ratio", "max_size", "max-size"], small),
        entry(&["plugins", "plugins_add", "plugins_remove", "labels_remove"], texts),
        entry(&["labels", "unknown"], map(note)),
        entry(&["net", "tls"], inner.clone()),
        entry(&["upstreams"], map(inner.clone())),
        entry(
            &["servers", "servers_add"],
            prop::collection::vec(inner, 0..3).prop_map(Value::List).boxed()
        ),
        entry(&["any", "what"], value().boxed()),
    ];
    let settings = prop::collection::vec(entries, 0..6).prop_map(Value::Table).boxed();
    let sections = prop::sample::select(vec!["production", "staging", "default", "unknown"]);
    (settings.clone(), prop::option::of((sections, settings))).prop_map(|(mut all, section)| {
        if let (Value::Table(entries), Some((name, settings))) = (&mut all, section) {
            entries.push((name.to_owned(), settings));
        }
        all
    })
}

fn json(value: &Value) -> String {
    let quoted = |text: &str| serde_json::to_string(text).expect("a string");
    match value {
        Value::Word(text) => (*text).to_owned(),
        Value::Number(text) => text.clone(),
        Value::Text(text) => quoted(text),
        Value::List(items) => {
            format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", "))
        }
        Value::Table(entries) => {
            let entries =
                entries.iter().map(|(key, value)| format!("{}: {}", quoted(key), json(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Block style outside, JSON inside.
fn yaml(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Table(entries) if !entries.is_empty() && indent < 6 => {
            for (key, value) in entries {
                let key = if key.is_empty() { "''" } else { key };
                let _ = write!(out, "\n{pad}{key}:");
                yaml(value, indent + 2, out);
            }
        }
        Value::List(items) if !items.is_empty() && indent < 6 => {
            for item in items {
                let _ = write!(out, "\n{pad}-");
                yaml(item, indent + 2, out);
            }
        }
        other => {
            let _ = write!(out, " {}", json(other));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn documents_of_any_shape_agree(value in value()) {
        let text = json(&value);
        agree(Json, &text);
        agree(Yaml, &text);
        let mut block = String::new();
        yaml(&value, 0, &mut block);
        agree(Yaml, &block);
    }

    #[test]
    fn documents_that_fit_agree(value in fitting()) {
        let text = json(&value);
        agree(Json, &text);
        let mut block = String::new();
        yaml(&value, 0, &mut block);
        agree(Yaml, &block);
        // The relaxed syntax takes all of JSON.
        prop_assert_eq!(slow(Json, &text, false), slow(Jsonc, &text, false));
    }

    #[test]
    fn texts_of_any_kind_agree(text in "[\\[\\]{},:\"'ab01 .eE\n\t#&*!|>%@?~<\\\\/u+-]{0,40}") {
        for format in [Json, Jsonc, Yaml] {
            agree(format, &text);
            let _ = slow(format, &text, false);
        }
    }

    #[test]
    fn settings_with_any_text_agree(text in "[\\[\\]{},:\"'ab01 .eE\n\t#&*!|>?~<\\\\u+-]{0,20}") {
        agree(Json, &format!("{{\"any\": {text}}}"));
        agree(Yaml, &format!("name: {text}\nlabels: {{a: {text}}}"));
        agree(Yaml, &format!("any: {text}"));
    }

    /// What one parser of the same format takes, the other takes too.
    #[test]
    fn both_parsers_of_json_agree(text in "[\\[\\]{},:\"a01 .eE\\\\u+-]{0,24}") {
        let strict = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let ours = Json.tree(&text, &superconfig::format::Limits::default());
        let twice = ours.as_ref().is_err_and(|e| e.message.contains("stands twice"));
        prop_assert!(strict == ours.is_ok() || twice || text.trim().is_empty(), "{ours:?}");
    }
}
