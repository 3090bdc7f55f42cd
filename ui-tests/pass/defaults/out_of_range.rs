//! The right form of `fail/defaults/out_of_range.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 7000)]
    port: u16,
}

fn main() {}
