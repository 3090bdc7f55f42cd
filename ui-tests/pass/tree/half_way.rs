//! The right form of `fail/tree/half_way.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(nested)]
    pool: Pool,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig)]
struct Pool {
    max: u32,
}

fn main() {}
