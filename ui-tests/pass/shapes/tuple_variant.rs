//! The right form of `fail/shapes/tuple_variant.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File { path: String, mode: u16 },
}

fn main() {}
