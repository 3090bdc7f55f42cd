//! The right form of `fail/defaults/text_out_of_range.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "30")]
    level: u8,
}

fn main() {}
