//! The right form of `fail/shapes/untagged_enum.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
