//! The right form of `fail/tree/tag.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    kind: String,
    #[config(nested)]
    store: Store,
}

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
