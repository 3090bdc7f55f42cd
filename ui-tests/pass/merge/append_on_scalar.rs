//! The right form of `fail/merge/append_on_scalar.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = append)]
    port: Vec<u16>,
}

fn main() {}
