//! The right form of `fail/shapes/app_on_enum.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(rename_all = "lowercase")]
enum Mode {
    Fast,
    Slow,
}

fn main() {}
