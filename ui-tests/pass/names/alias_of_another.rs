//! The right form of `fail/names/alias_of_another.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
    #[config(alias = "administration")]
    admin: u16,
}

fn main() {}
