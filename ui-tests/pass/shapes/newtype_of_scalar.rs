//! The right form of `fail/shapes/newtype_of_scalar.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
