//! The right form of `fail/tree/flattened_enum.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    store: Store,
}

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    Disk { path: String },
}

fn main() {}
