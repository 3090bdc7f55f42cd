//! The right form of `fail/attributes/container_word_on_field.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    url: String,
}

fn main() {}
