//! The right form of `fail/kinds/nested_box.rs`.
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
