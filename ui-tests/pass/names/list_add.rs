//! The right form of `fail/names/list_add.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    plugins: Vec<String>,
    added_plugins: u16,
}

fn main() {}
