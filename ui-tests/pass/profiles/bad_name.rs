//! The right form of `fail/profiles/bad_name.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("north-america"))]
struct Settings {
    port: u16,
}

fn main() {}
