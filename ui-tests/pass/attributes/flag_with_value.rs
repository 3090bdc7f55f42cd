//! The right form of `fail/attributes/flag_with_value.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret)]
    token: String,
}

fn main() {}
