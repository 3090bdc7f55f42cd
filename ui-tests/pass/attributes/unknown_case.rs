//! The right form of `fail/attributes/unknown_case.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(rename_all = "kebab-case")]
struct Settings {
    pool_max: u16,
}

fn main() {}
