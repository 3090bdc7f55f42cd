//! The right form of `fail/defaults/negative.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 1)]
    retries: u8,
}

fn main() {}
