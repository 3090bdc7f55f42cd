//! The right form of `fail/env/prefix_with_dash.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "MY_APP_")]
struct Settings {
    port: u16,
}

fn main() {}
