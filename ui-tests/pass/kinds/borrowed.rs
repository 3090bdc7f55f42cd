//! The right form of `fail/kinds/borrowed.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    name: String,
}

fn main() {}
