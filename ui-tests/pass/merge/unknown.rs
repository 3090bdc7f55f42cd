//! The right form of `fail/merge/unknown.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = append)]
    ports: Vec<u16>,
}

fn main() {}
