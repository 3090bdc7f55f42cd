//! The right form of `fail/attributes/deprecated_without_advice.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(deprecated = "use `port`")]
    old_port: Option<u16>,
}

fn main() {}
