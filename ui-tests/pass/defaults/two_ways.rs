//! The right form of `fail/defaults/two_ways.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default_with = port)]
    port: u16,
}

pub fn port() -> u16 {
    8080
}

fn main() {}
