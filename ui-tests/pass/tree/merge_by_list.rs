//! The right form of `fail/tree/merge_by_list.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(nested, merge_by = name)]
    databases: Vec<Database>,
}

#[derive(SuperConfig)]
struct Database {
    name: String,
    hosts: Vec<String>,
}

fn main() {}
