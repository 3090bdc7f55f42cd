//! The right form of `fail/names/deprecated_alias_taken.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(deprecated_alias = "p")]
    http_port: u16,
    port: u16,
}

fn main() {}
