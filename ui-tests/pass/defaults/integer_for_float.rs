//! The right form of `fail/defaults/integer_for_float.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 1.0)]
    ratio: f64,
}

fn main() {}
