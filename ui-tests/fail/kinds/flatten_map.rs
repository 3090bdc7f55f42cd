//! A map cannot be flattened.

use std::collections::BTreeMap;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(flatten)]
    others: BTreeMap<String, String>,
}

fn main() {}
