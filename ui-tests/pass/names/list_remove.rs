//! The right form of `fail/names/list_remove.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    removed_plugins: bool,
    plugins: Vec<String>,
}

fn main() {}
