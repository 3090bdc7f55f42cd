//! The right form of `fail/defaults/other_type.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = u16::MAX)]
    port: u16,
}

fn main() {}
