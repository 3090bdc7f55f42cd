//! Properties of merging and decoding, over generated documents.
//!
//! The naive model at the end merges plain value trees by the written rules. It knows the shape of
//! one struct and nothing of the library.
#![allow(missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use superconfig::decode::{Tree, Walk};
use superconfig::layer::{Layer, Resolution};
use superconfig::schema::Op;
use superconfig::{Config, Format, SuperConfig};
use superconfig_tests::refused;

#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Rich {
    #[config(default = "nobody")]
    name: String,
    port: Option<u16>,
    #[config(default)]
    on: bool,
    #[config(default = 0.5)]
    ratio: f64,
    #[config(default = ["core"])]
    tags: Vec<String>,
    #[config(default)]
    ids: BTreeSet<u8>,
    #[config(default, merge = append)]
    log: Vec<u8>,
    #[config(default, merge = prepend)]
    first: Vec<u8>,
    #[config(default, merge = union)]
    all: Vec<u8>,
    maybe: Option<Vec<u8>>,
    #[config(default)]
    labels: BTreeMap<String, i64>,
    #[config(nested)]
    inner: Inner,
    #[config(nested)]
    some: Option<Inner>,
    #[config(nested, merge = replace)]
    whole: Option<Inner>,
    #[config(nested)]
    many: BTreeMap<String, Inner>,
    #[config(nested)]
    list: Vec<Inner>,
    #[config(nested, merge_by = id)]
    keyed: Vec<Keyed>,
}

#[derive(SuperConfig, Debug)]
struct Inner {
    #[config(default = -1)]
    a: i64,
    b: Option<String>,
    #[config(default)]
    c: Vec<u8>,
}

#[derive(SuperConfig, Debug)]
struct Keyed {
    id: String,
    #[config(default = 7)]
    v: u8,
}

// What documents are made of.

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

fn document(nulls: bool) -> BoxedStrategy<Value> {
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

// How documents are written.

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

fn written(document: &Value, format: Format) -> String {
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

// What comes out.

fn shown_inner(inner: &Inner) -> Value {
    json!({"a": inner.a, "b": inner.b, "c": inner.c})
}

fn shown(rich: &Rich) -> Value {
    json!({
        "name": rich.name, "port": rich.port, "on": rich.on, "ratio": rich.ratio,
        "tags": rich.tags, "ids": rich.ids, "log": rich.log, "first": rich.first,
        "all": rich.all, "maybe": rich.maybe, "labels": rich.labels,
        "inner": shown_inner(&rich.inner),
        "some": rich.some.as_ref().map(shown_inner),
        "whole": rich.whole.as_ref().map(shown_inner),
        "many": rich.many.iter().map(|(k, v)| (k.clone(), shown_inner(v))).collect::<Map<_, _>>(),
        "list": rich.list.iter().map(shown_inner).collect::<Vec<_>>(),
        "keyed": rich.keyed.iter().map(|k| json!({"id": k.id, "v": k.v})).collect::<Vec<_>>(),
    })
}

type RichLayer = <Rich as Config>::Layer;

fn layer(document: &Value) -> RichLayer {
    let tree: Tree<'static> = serde_json::from_str(&document.to_string()).unwrap();
    let mut layer = RichLayer::default();
    let mut walk = Walk::default();
    walk.apply(&mut layer, None, Op::Set, &tree);
    assert!(walk.findings.is_empty(), "{:?}", walk.findings);
    layer
}

fn resolved(layer: RichLayer) -> Value {
    let mut resolution = Resolution::default();
    let rich = layer.resolve(&mut resolution);
    shown(&rich.unwrap_or_else(|| panic!("{:?}", resolution.problems)))
}

fn merged(mut left: RichLayer, right: RichLayer) -> RichLayer {
    left.merge(right);
    left
}

fn loaded(config: SuperConfig<Rich>) -> (Value, Vec<String>) {
    let handle = config.build().unwrap_or_else(|error| panic!("{error:#}"));
    let warnings = handle.warnings().iter().map(superconfig_tests::line).collect();
    (shown(&handle.get()), warnings)
}

fn formats() -> BoxedStrategy<Format> {
    prop_oneof![Just(Format::Toml), Just(Format::Json), Just(Format::Yaml)].boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_associative(a in document(true), b in document(true), c in document(true)) {
        let left = merged(merged(layer(&a), layer(&b)), layer(&c));
        let right = merged(layer(&a), merged(layer(&b), layer(&c)));
        prop_assert_eq!(resolved(left), resolved(right));
    }

    #[test]
    fn a_layer_that_set_nothing_changes_nothing(a in document(true)) {
        let alone = resolved(layer(&a));
        prop_assert_eq!(&resolved(merged(layer(&a), RichLayer::default())), &alone);
        prop_assert_eq!(&resolved(merged(RichLayer::default(), layer(&a))), &alone);
    }

    #[test]
    fn loading_equals_the_naive_merge(
        documents in vec((document(false), formats()), 0..5)
    ) {
        let mut config = SuperConfig::<Rich>::new();
        let mut model = naive::defaults();
        for (document, format) in &documents {
            config = config.with_text(*format, written(document, *format));
            naive::merge(&mut model, document);
        }
        prop_assert_eq!(loaded(config).0, naive::finished(model));
    }

    #[test]
    fn loading_with_nulls_equals_the_naive_merge(
        documents in vec((document(true), any::<bool>()), 0..5)
    ) {
        let mut config = SuperConfig::<Rich>::new();
        let mut model = naive::defaults();
        for (document, is_json) in &documents {
            let format = if *is_json { Format::Json } else { Format::Yaml };
            config = config.with_text(format, written(document, format));
            naive::merge(&mut model, document);
        }
        prop_assert_eq!(loaded(config).0, naive::finished(model));
    }

    #[test]
    fn both_ways_agree(document in document(false), format in formats(), strange in any::<bool>()) {
        let mut text = written(&document, format);
        let fast = loaded(SuperConfig::new().with_named_text("a", format, text.clone()));
        let tree = loaded(SuperConfig::new().with_named_text("a", format, text.clone()).by_tree());
        prop_assert_eq!(&fast, &tree);
        // A key that nobody knows makes the fast path stop as well.
        if strange && format != Format::Json {
            text = match format {
                Format::Toml => format!("strange = 1\n{text}"),
                _ if text.trim() == "{}" => "strange: 1".to_owned(),
                _ => format!("{text}strange: 1\n"),
            };
            let (value, warnings) = loaded(SuperConfig::new().with_named_text("a", format, text));
            prop_assert_eq!(&value, &fast.0);
            prop_assert_eq!(warnings.len(), fast.1.len() + 1);
        }
    }

    #[test]
    fn a_document_may_be_split_at_any_key(
        document in document(false), format in formats(), halves in any::<u64>()
    ) {
        let mut parts = [Map::new(), Map::new()];
        for (key, value) in document.as_object().unwrap() {
            // `x`, `x_add` and `x_remove` take turns, so they stay together.
            let stem = key.trim_end_matches("_add").trim_end_matches("_remove");
            let bit = stem.bytes().fold(0_u32, |sum, byte| sum + u32::from(byte)) % 64;
            parts[usize::from(halves >> bit & 1 == 1)].insert(key.clone(), value.clone());
        }
        let whole = loaded(SuperConfig::new().with_text(format, written(&document, format))).0;
        let [first, second] = parts.map(|part| written(&Value::Object(part), format));
        let split = SuperConfig::new().with_text(format, first).with_text(format, second);
        prop_assert_eq!(loaded(split).0, whole);
    }

    #[test]
    fn a_variable_says_what_a_file_says(mut document in document(false)) {
        without_empty_options(&mut document);
        let mut variables = BTreeMap::new();
        variables_of(&document, "APP", &mut variables);
        let file = loaded(SuperConfig::new().with_text(Format::Json, document.to_string())).0;
        let config = SuperConfig::new().with_env(None).with_env_vars(variables.clone());
        prop_assert_eq!(loaded(config).0, file, "{:?}", variables);
    }

    #[test]
    fn nothing_makes_loading_panic(text in "\\PC{0,60}|[a-z=:{}\\[\\],\"' \n0-9.#-]{0,80}", format in formats()) {
        let config = || SuperConfig::<Rich>::new().with_named_text("a", format, text.clone());
        let fast = config().extract().map(|rich| shown(&rich)).map_err(|error| refused(&error));
        let tree = config().by_tree().extract().map(|rich| shown(&rich)).map_err(|error| refused(&error));
        prop_assert_eq!(fast, tree);
    }
}

/// An empty variable is `None` for an `Option`, so these documents have no empty text for one.
fn without_empty_options(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                if key == "b" && value == "" {
                    *value = json!("b");
                }
                without_empty_options(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_empty_options),
        _ => {}
    }
}

/// Each value of a document as a variable: tables by their paths, the rest as text or JSON.
fn variables_of(value: &Value, name: &str, variables: &mut BTreeMap<String, String>) {
    let Value::Object(entries) = value else { return };
    for (key, value) in entries {
        let name = format!("{name}_{}", key.to_uppercase());
        match value {
            // A table without entries has no path below it, so it is given as JSON.
            Value::Object(entries) if !entries.is_empty() => variables_of(value, &name, variables),
            Value::String(text) => {
                variables.insert(name, text.clone());
            }
            other => {
                variables.insert(name, other.to_string());
            }
        }
    }
}

/// Merging as the contract says it, over plain value trees.
mod naive {
    use super::{Map, Value, json};

    pub(super) fn defaults() -> Value {
        json!({
            "name": "nobody", "port": null, "on": false, "ratio": 0.5, "tags": ["core"], "ids": [],
            "log": [], "first": [], "all": [], "maybe": null, "labels": {}, "inner": {},
            "some": null, "whole": null, "many": {}, "list": [], "keyed": [],
        })
    }

    pub(super) fn merge(base: &mut Value, later: &Value) {
        let later = later.as_object().unwrap();
        let base = base.as_object_mut().unwrap();
        for (key, value) in later.iter().filter(|(key, _)| !is_step(key)) {
            let slot = base.entry(key.clone()).or_insert(Value::Null);
            match (key.as_str(), value) {
                ("log", Value::Array(items)) => array(slot).extend(items.iter().cloned()),
                ("first", Value::Array(items)) => {
                    array(slot).splice(0..0, items.iter().cloned());
                }
                ("all", Value::Array(items)) => add_missing(array(slot), items),
                ("list", Value::Array(items)) => *slot = items.iter().map(fresh).collect(),
                ("keyed", Value::Array(items)) => {
                    let there = array(slot);
                    for item in items {
                        match there.iter_mut().find(|other| other["id"] == item["id"]) {
                            Some(other) => merge(other, item),
                            None => there.push(fresh(item)),
                        }
                    }
                }
                // Nothing in it replaces nothing, and is enough to begin to exist.
                ("whole", Value::Object(later)) if !later.is_empty() => *slot = fresh(value),
                (_, Value::Object(_)) => deep(slot, value),
                (_, value) => *slot = value.clone(),
            }
        }
        for (key, value) in later {
            if let Some(stem) = key.strip_suffix("_add") {
                let there = array(base.entry(stem.to_owned()).or_insert(Value::Null));
                let items = value.as_array().unwrap();
                match stem {
                    "list" => there.extend(items.iter().map(fresh)),
                    "keyed" => {
                        for item in items {
                            if !there.iter().any(|other| other["id"] == item["id"]) {
                                there.push(fresh(item));
                            }
                        }
                    }
                    _ => add_missing(there, items),
                }
            }
        }
        for (key, value) in later {
            if let Some(stem) = key.strip_suffix("_remove") {
                let items = value.as_array().unwrap();
                match base.entry(stem.to_owned()).or_insert(json!([])) {
                    Value::Object(map) => {
                        map.retain(|key, _| !items.iter().any(|item| item == key));
                    }
                    slot if stem == "keyed" => array(slot).retain(|i| !items.contains(&i["id"])),
                    slot => array(slot).retain(|item| !items.contains(item)),
                }
            }
        }
    }

    /// A table on its own: its steps are taken on nothing.
    fn fresh(value: &Value) -> Value {
        let mut fresh = json!({});
        merge(&mut fresh, value);
        fresh
    }

    fn deep(slot: &mut Value, later: &Value) {
        if !slot.is_object() {
            *slot = json!({});
        }
        let is_map_of_tables = later.as_object().unwrap().values().any(Value::is_object);
        if is_map_of_tables {
            for (key, value) in later.as_object().unwrap() {
                let entry = slot.as_object_mut().unwrap().entry(key.clone());
                deep(entry.or_insert(json!({})), value);
            }
        } else {
            merge(slot, later);
        }
    }

    fn is_step(key: &str) -> bool {
        key.ends_with("_add") || key.ends_with("_remove")
    }

    fn array(slot: &mut Value) -> &mut Vec<Value> {
        if !slot.is_array() {
            *slot = json!([]);
        }
        slot.as_array_mut().unwrap()
    }

    fn add_missing(there: &mut Vec<Value>, items: &[Value]) {
        for item in items {
            if !there.contains(item) {
                there.push(item.clone());
            }
        }
    }

    /// With the defaults of what is inside, and sets as sets.
    pub(super) fn finished(mut value: Value) -> Value {
        let ids = array(&mut value["ids"]);
        ids.sort_by_key(Value::as_u64);
        ids.dedup();
        for key in ["inner", "some", "whole"] {
            fill(&mut value[key], &json!({"a": -1, "b": null, "c": []}));
        }
        for value in value["many"].as_object_mut().unwrap().values_mut() {
            fill(value, &json!({"a": -1, "b": null, "c": []}));
        }
        for value in array(&mut value["list"]) {
            fill(value, &json!({"a": -1, "b": null, "c": []}));
        }
        for value in array(&mut value["keyed"]) {
            fill(value, &json!({"v": 7}));
        }
        value
    }

    fn fill(value: &mut Value, defaults: &Value) {
        let Value::Object(entries) = value else { return };
        for (key, default) in defaults.as_object().unwrap_or(&Map::new()) {
            entries.entry(key.clone()).or_insert(default.clone());
        }
    }
}
