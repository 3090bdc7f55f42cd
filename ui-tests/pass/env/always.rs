//! The right form of `fail/env/always.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = false)]
    port: u16,
}

fn main() {}
