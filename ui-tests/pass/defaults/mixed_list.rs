//! The right form of `fail/defaults/mixed_list.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = [1, 2])]
    levels: Vec<u8>,
}

fn main() {}
