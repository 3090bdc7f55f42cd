//! The right form of `fail/env/derived_and_absolute.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    port: u16,
    #[config(env = "ADMIN_PORT")]
    admin_port: u16,
}

fn main() {}
