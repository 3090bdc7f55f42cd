//! The right form of `fail/tree/list_add.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    hosts_add: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    hosts: Vec<String>,
}

fn main() {}
