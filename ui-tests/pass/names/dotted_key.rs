//! The right form of `fail/names/dotted_key.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(rename = "http-port")]
    port: u16,
}

fn main() {}
