//! The right form of `fail/defaults/item_out_of_range.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = [1, 255])]
    levels: Vec<u8>,
}

fn main() {}
