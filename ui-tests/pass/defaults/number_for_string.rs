//! The right form of `fail/defaults/number_for_string.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "5")]
    name: String,
}

fn main() {}
