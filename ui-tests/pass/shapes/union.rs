//! The right form of `fail/shapes/union.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Port {
    Number { number: u16 },
}

fn main() {}
