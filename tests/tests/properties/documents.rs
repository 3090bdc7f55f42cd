//! What documents are made of, and how they are written.

use std::fmt::Write;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};
use superconfig::Format;

fn word() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[a-d]",
        1 => "[ -~]{0,6}",
        1 => Just("null".to_owned()),
        1 => Just("007".to_owned()),
        1 => Just("yes".to_owned()),
        1 => Just("ü \"q\" \\ \n\t'".to_owned()),
    ]
    .boxed()
}

fn small() -> BoxedStrategy<Value> {
    (0_u8..4).prop_map(Value::from).boxed()
}

fn text() -> BoxedStrategy<Value> {
    word().prop_map(Value::from).boxed()
}

fn list(item: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    vec(item, 0..4).prop_map(Value::from).boxed()
}

fn table(fields: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(name, value)| option::weighted(0.3, value).prop_map(move |value| (name, value)))
        .collect();
    fields
        .prop_map(|fields| {
            let set =
                fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
            Value::Object(set.collect())
        })
        .boxed()
}

fn map(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    btree_map("[a-c]", value, 0..3).prop_map(|map| Value::Object(map.into_iter().collect())).boxed()
}

fn nullable(value: BoxedStrategy<Value>, nulls: bool) -> BoxedStrategy<Value> {
    if nulls { prop_oneof![5 => value, 1 => Just(Value::Null)].boxed() } else { value }
}

fn inner(nulls: bool) -> BoxedStrategy<Value> {
    table(vec![
        ("a", any::<i64>().prop_map(Value::from).boxed()),
        ("b", nullable(text(), nulls)),
        ("c", list(small())),
        ("c_add", list(small())),
        ("c_remove", list(small())),
    ])
}

fn keyed() -> BoxedStrategy<Value> {
    ("[a-c]", option::of(0_u8..9))
        .prop_map(|(id, v)| match v {
            Some(v) => json!({"id": id, "v": v}),
            None => json!({"id": id}),
        })
        .boxed()
}

pub(crate) fn document(nulls: bool) -> BoxedStrategy<Value> {
    table(vec![
        ("name", text()),
        ("port", nullable(any::<u16>().prop_map(Value::from).boxed(), nulls)),
        ("on", any::<bool>().prop_map(Value::from).boxed()),
        ("ratio", (-1000_i32..1000).prop_map(|n| Value::from(f64::from(n) / 8.0)).boxed()),
        ("tags", list(text())),
        ("tags_add", list(text())),
        ("tags_remove", list(text())),
        ("ids", list(small())),
        ("ids_add", list(small())),
        ("ids_remove", list(small())),
        ("log", list(small())),
        ("log_add", list(small())),
        ("log_remove", list(small())),
        ("first", list(small())),
        ("first_add", list(small())),
        ("all", list(small())),
        ("all_remove", list(small())),
        ("maybe", nullable(list(small()), nulls)),
        ("maybe_add", list(small())),
        ("labels", map(any::<i32>().prop_map(Value::from).boxed())),
        ("labels_remove", list("[a-c]".prop_map(Value::from).boxed())),
        ("inner", inner(nulls)),
        ("some", nullable(inner(nulls), nulls)),
        ("whole", nullable(inner(nulls), nulls)),
        ("many", map(inner(nulls))),
        ("many_remove", list("[a-c]".prop_map(Value::from).boxed())),
        ("list", list(inner(nulls))),
        ("list_add", list(inner(nulls))),
        ("keyed", list(keyed())),
        ("keyed_add", list(keyed())),
        ("keyed_remove", list("[a-c]".prop_map(Value::from).boxed())),
    ])
}

fn toml_value(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .rev()
                .map(|(key, value)| format!("{key} = {}", toml_value(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(toml_value).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// The keys from behind, so that steps stand before what they are taken on; headers for tables at the
/// top, the rest inline.
fn toml(document: &Value) -> String {
    let entries = document.as_object().unwrap();
    let (tables, values): (Vec<_>, Vec<_>) =
        entries.iter().rev().partition(|(_, value)| value.is_object());
    let mut out = String::new();
    for (key, value) in values {
        let _ = writeln!(out, "{key} = {}", toml_value(value));
    }
    for (key, value) in tables {
        let _ = writeln!(out, "[{key}]");
        for (key, value) in value.as_object().unwrap() {
            let _ = writeln!(out, "{key} = {}", toml_value(value));
        }
    }
    out
}

/// Block style, with the leaves as in JSON, which YAML contains.
fn yaml(value: &Value, indent: usize, out: &mut String) {
    let Some(entries) = value.as_object().filter(|entries| !entries.is_empty()) else {
        let _ = writeln!(out, " {value}");
        return;
    };
    if indent > 0 {
        out.push('\n');
    }
    for (key, value) in entries.iter().rev() {
        let _ = write!(out, "{:indent$}{key}:", "");
        yaml(value, indent + 2, out);
    }
}

pub(crate) fn written(document: &Value, format: Format) -> String {
    match format {
        Format::Toml => toml(document),
        Format::Yaml => {
            let mut out = String::new();
            yaml(document, 0, &mut out);
            out
        }
        _ => document.to_string(),
    }
}
