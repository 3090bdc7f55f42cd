//! The right form of `fail/names/map_remove.rs`.
#![allow(dead_code)]

use std::collections::BTreeMap;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    labels: BTreeMap<String, String>,
    #[config(rename = "forgotten", default)]
    labels_remove: String,
}

fn main() {}
