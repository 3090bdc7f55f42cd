//! Properties of merging and decoding, over generated documents.
//!
//! The naive model merges plain value trees by the written rules. It knows the shape of one struct
//! and nothing of the library.
#![allow(missing_docs)]

mod choices;
mod documents;
mod naive;
mod traces;

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use superconfig::decode::{Tree, Walk};
use superconfig::layer::{Layer, Resolution};
use superconfig::schema::Op;
use superconfig::{Config, Format, SuperConfig};
use superconfig_tests::refused;

use documents::{document, written};

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
    let value = shown(&handle.get());
    // Whatever is loaded here, what is told of it afterwards is the same.
    assert_eq!(traces::values(&handle), value, "{}", handle.report());
    (value, warnings)
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
