//! The right form of `fail/env/off_and_named.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = "HTTP_PORT", env = "PORT")]
    port: u16,
}

fn main() {}
