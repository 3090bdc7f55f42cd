//! The right form of `fail/attributes/duplicate_word.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 1)]
    port: u16,
}

fn main() {}
