//! The right form of `fail/attributes/from_elsewhere.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret)]
    token: String,
}

fn main() {}
