//! The right form of `fail/profiles/without_quotes.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("development"))]
struct Settings {
    port: u16,
}

fn main() {}
