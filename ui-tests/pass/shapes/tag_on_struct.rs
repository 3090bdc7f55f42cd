//! The right form of `fail/shapes/tag_on_struct.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(deny_unknown)]
struct Settings {
    port: u16,
}

fn main() {}
