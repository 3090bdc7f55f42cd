//! The right form of `fail/defaults/two_characters.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "a")]
    letter: char,
}

fn main() {}
