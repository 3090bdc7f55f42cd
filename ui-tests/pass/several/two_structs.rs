//! The right form of `fail/several/two_structs.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 7000)]
    port: u16,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(default = "5")]
    url: String,
}

fn main() {}
