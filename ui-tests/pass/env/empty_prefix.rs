//! The right form of `fail/env/empty_prefix.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    port: u16,
}

fn main() {}
