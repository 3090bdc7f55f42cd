//! The right form of `fail/env/same_segment.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    pool_max: u16,
    #[config(env = false)]
    #[config(rename = "poolMax")]
    old_pool_max: u16,
}

fn main() {}
