//! The right form of `fail/serde/untagged.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[serde(tag = "kind")]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
