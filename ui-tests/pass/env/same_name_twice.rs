//! The right form of `fail/env/same_name_twice.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = "PORT")]
    http_port: u16,
    #[config(env = "ADMIN_PORT")]
    admin_port: u16,
}

fn main() {}
