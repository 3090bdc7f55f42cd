//! The right form of `fail/kinds/nested_set.rs`.
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
