//! The right form of `fail/profiles/same_as_a_field.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("development", "live"))]
struct Settings {
    production: bool,
}

fn main() {}
