//! The right form of `fail/env/bad_name.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = "HTTP_PORT")]
    port: u16,
}

fn main() {}
