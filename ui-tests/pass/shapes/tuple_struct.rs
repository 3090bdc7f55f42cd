//! The right form of `fail/shapes/tuple_struct.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
}

fn main() {}
