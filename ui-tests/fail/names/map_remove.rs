//! A field named like the way to remove from a map.

use std::collections::BTreeMap;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    labels: BTreeMap<String, String>,
    labels_remove: String,
}

fn main() {}
