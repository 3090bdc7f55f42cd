//! A map has no literal.

use std::collections::BTreeMap;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "a=1")]
    labels: BTreeMap<String, u8>,
}

fn main() {}
