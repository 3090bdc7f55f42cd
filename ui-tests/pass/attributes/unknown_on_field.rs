//! The right form of `fail/attributes/unknown_on_field.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 8080)]
    port: u16,
}

fn main() {}
