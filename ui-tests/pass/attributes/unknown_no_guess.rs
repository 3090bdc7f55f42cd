//! The right form of `fail/attributes/unknown_no_guess.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret)]
    port: u16,
}

fn main() {}
