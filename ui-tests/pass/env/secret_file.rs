//! The right form of `fail/env/secret_file.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret)]
    token: String,
    token_path: String,
}

fn main() {}
