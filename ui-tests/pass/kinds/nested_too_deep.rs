//! The right form of `fail/kinds/nested_too_deep.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    databases: Vec<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
