//! The right form of `fail/kinds/flatten_default.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(flatten)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(default)]
    url: String,
}

fn main() {}
