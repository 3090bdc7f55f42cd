//! The right form of `fail/kinds/nested_scalar.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
}

fn main() {}
