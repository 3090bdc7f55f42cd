//! The right form of `fail/names/alias_of_itself.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(alias = "http_port")]
    port: u16,
}

fn main() {}
