//! The right form of `fail/kinds/skip_with_others.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(skip)]
    cache: u16,
}

fn main() {}
