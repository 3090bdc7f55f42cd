//! The right form of `fail/shapes/empty_struct.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
}

fn main() {}
