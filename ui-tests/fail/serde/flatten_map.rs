//! A map for the keys that are left over.

use std::collections::BTreeMap;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

fn main() {}
