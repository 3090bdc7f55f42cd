//! The right form of `fail/shapes/tag_is_a_field.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File { format: String },
}

fn main() {}
