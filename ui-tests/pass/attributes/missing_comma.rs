//! The right form of `fail/attributes/missing_comma.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 8080, secret)]
    port: u16,
}

fn main() {}
