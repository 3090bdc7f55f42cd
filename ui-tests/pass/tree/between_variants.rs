//! The right form of `fail/tree/between_variants.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    File {
        max_pool: u32,
    },
    Database {
        #[config(nested)]
        pool: Pool,
    },
}

#[derive(SuperConfig)]
struct Pool {
    max: u32,
}

fn main() {}
