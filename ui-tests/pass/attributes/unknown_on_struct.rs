//! The right form of `fail/attributes/unknown_on_struct.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    port: u16,
}

fn main() {}
