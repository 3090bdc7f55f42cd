//! The right form of `fail/defaults/number_for_bool.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = true)]
    verbose: bool,
}

fn main() {}
