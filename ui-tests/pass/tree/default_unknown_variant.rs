//! The right form of `fail/tree/default_unknown_variant.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(nested, default = "fast")]
    mode: Mode,
}

#[derive(SuperConfig)]
#[config(rename_all = "lowercase")]
enum Mode {
    Fast,
    Slow,
}

fn main() {}
