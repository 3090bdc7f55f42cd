//! The right form of `fail/kinds/empty_separator.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(separator = ";")]
    ports: Vec<u16>,
}

fn main() {}
