//! Merging as the contract says it, over plain value trees.

use serde_json::{Map, Value, json};

pub(crate) fn defaults() -> Value {
    json!({
        "name": "nobody", "port": null, "on": false, "ratio": 0.5, "tags": ["core"], "ids": [],
        "log": [], "first": [], "all": [], "maybe": null, "labels": {}, "inner": {},
        "some": null, "whole": null, "many": {}, "list": [], "keyed": [],
    })
}

pub(crate) fn merge(base: &mut Value, later: &Value) {
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
pub(crate) fn finished(mut value: Value) -> Value {
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
