//! The right form of `fail/tree/absolute_names.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(env = "DATABASE_URL")]
    url: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(env = "DB_URL")]
    url: String,
}

fn main() {}
