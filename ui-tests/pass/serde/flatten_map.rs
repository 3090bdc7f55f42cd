//! The right form of `fail/serde/flatten_map.rs`.
#![allow(dead_code)]

use std::collections::BTreeMap;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    others: BTreeMap<String, String>,
}

fn main() {}
