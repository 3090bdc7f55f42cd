//! Enums: another variant replaces, the same one or none merges, sources taken from the left.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use superconfig::{Format, SuperConfig};

#[derive(SuperConfig, Debug)]
struct Holder {
    #[config(nested)]
    store: Option<Store>,
    #[config(nested, default = "fast")]
    mode: Mode,
}

#[derive(SuperConfig, Debug)]
#[config(tag = "kind")]
enum Store {
    A {
        #[config(default = 0)]
        x: u8,
        #[config(default)]
        list: Vec<u8>,
    },
    B {
        #[config(default = 1)]
        x: u8,
        y: Option<u8>,
    },
    C,
}

#[derive(SuperConfig, Debug, Clone, Copy)]
#[config(rename_all = "lowercase")]
enum Mode {
    Fast,
    Slow,
}

fn store() -> impl Strategy<Value = Value> {
    let tag = option::of(prop_oneof![Just("A"), Just("B"), Just("C")]);
    (tag, option::of(0_u8..9), option::of(0_u8..9), option::of(vec(0_u8..3, 0..3)), any::<bool>())
        .prop_map(|(tag, x, y, list, adds)| {
            let mut entries = Map::new();
            let fits = |variant| tag.is_none_or(|tag| tag == variant);
            entries.extend(tag.map(|tag| ("kind".to_owned(), json!(tag))));
            if tag != Some("C") {
                entries.extend(x.map(|x| ("x".to_owned(), json!(x))));
            }
            if fits("B") {
                entries.extend(y.map(|y| ("y".to_owned(), json!(y))));
            }
            if fits("A") {
                let key = if adds { "list_add" } else { "list" };
                entries.extend(list.map(|list| (key.to_owned(), json!(list))));
            }
            Value::Object(entries)
        })
}

fn shown(holder: &Holder) -> Value {
    let store = match &holder.store {
        None => Value::Null,
        Some(Store::A { x, list }) => json!({"kind": "A", "x": x, "list": list}),
        Some(Store::B { x, y }) => json!({"kind": "B", "x": x, "y": y}),
        Some(Store::C) => json!({"kind": "C"}),
    };
    let mode = match holder.mode {
        Mode::Fast => "fast",
        Mode::Slow => "slow",
    };
    json!({"store": store, "mode": mode})
}

/// What the sources come to: everything said since the variant was last changed.
fn naive(stores: &[Value]) -> Value {
    let mut now: Option<Value> = None;
    let mut said: Vec<&Value> = Vec::new();
    for store in stores {
        if let Some(tag) = store.get("kind") {
            if now.as_ref().is_some_and(|now| now != tag) {
                said.clear();
            }
            now = Some(tag.clone());
        }
        said.push(store);
    }
    let last = |key| said.iter().rev().find_map(|store| store.get(key)).cloned();
    let list = said.iter().fold(Vec::new(), |mut list: Vec<Value>, store| {
        if let Some(items) = store.get("list").and_then(Value::as_array) {
            list.clone_from(items);
        }
        for item in store.get("list_add").and_then(Value::as_array).into_iter().flatten() {
            if !list.contains(item) {
                list.push(item.clone());
            }
        }
        list
    });
    match now.as_ref().and_then(Value::as_str) {
        Some("A") => json!({"kind": "A", "x": last("x").unwrap_or(json!(0)), "list": list}),
        Some("B") => json!({"kind": "B", "x": last("x").unwrap_or(json!(1)), "y": last("y")}),
        Some(_) => json!({"kind": "C"}),
        None => Value::Null,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn enums_merge_from_the_left(
        first in store(), mut stores in vec(store(), 0..4), modes in vec(option::of(any::<bool>()), 0..4)
    ) {
        let mut first = first;
        // Some source has to name a variant.
        first.as_object_mut().unwrap().entry("kind").or_insert(json!("A"));
        if first["kind"] == "A" {
            first.as_object_mut().unwrap().remove("y");
        }
        stores.insert(0, first);
        let mut config = SuperConfig::<Holder>::new();
        let mut mode = "fast";
        for (index, store) in stores.iter().enumerate() {
            let mut document = json!({"store": store});
            if let Some(Some(slow)) = modes.get(index) {
                mode = if *slow { "slow" } else { "fast" };
                document["mode"] = json!(mode);
            }
            let format = if index % 2 == 0 { Format::Json } else { Format::Yaml };
            config = config.with_text(format, document.to_string());
        }
        let handle = config.build().unwrap_or_else(|error| panic!("{error:#}"));
        let expected = json!({"store": naive(&stores), "mode": mode});
        prop_assert_eq!(&shown(&handle.get()), &expected);
        prop_assert_eq!(super::traces::values(&handle), expected);
    }
}
