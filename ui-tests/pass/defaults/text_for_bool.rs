//! The right form of `fail/defaults/text_for_bool.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "yes")]
    verbose: bool,
}

fn main() {}
