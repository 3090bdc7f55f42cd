//! The right form of `fail/kinds/flatten_option.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    database: Option<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
