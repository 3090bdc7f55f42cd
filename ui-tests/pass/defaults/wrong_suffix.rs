//! The right form of `fail/defaults/wrong_suffix.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 8080u16)]
    port: u16,
}

fn main() {}
