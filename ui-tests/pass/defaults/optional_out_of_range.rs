//! The right form of `fail/defaults/optional_out_of_range.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 30)]
    level: Option<u8>,
}

fn main() {}
