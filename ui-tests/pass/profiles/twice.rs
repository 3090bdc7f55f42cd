//! The right form of `fail/profiles/twice.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("eu", "us", "asia"))]
struct Settings {
    port: u16,
}

fn main() {}
