//! The right form of `fail/shapes/same_variant.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
enum Mode {
    Fast,
    #[config(rename = "fastest")]
    Fastest,
}

fn main() {}
