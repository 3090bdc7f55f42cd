//! The right form of `fail/env/own_name_again.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(env = "PORT")]
    port: u16,
}

fn main() {}
