//! The right form of `fail/kinds/whole_on_scalar.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(whole)]
    port: Vec<u16>,
}

fn main() {}
