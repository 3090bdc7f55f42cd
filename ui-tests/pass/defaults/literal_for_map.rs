//! The right form of `fail/defaults/literal_for_map.rs`.
#![allow(dead_code)]

use std::collections::BTreeMap;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = BTreeMap::new())]
    labels: BTreeMap<String, u8>,
}

fn main() {}
