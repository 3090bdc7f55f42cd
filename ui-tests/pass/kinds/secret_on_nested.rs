//! The right form of `fail/kinds/secret_on_nested.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
