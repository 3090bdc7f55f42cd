//! The right form of `fail/defaults/array_for_nested_list.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested, default = Vec::new())]
    databases: Vec<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
