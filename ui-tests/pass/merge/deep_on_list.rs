//! The right form of `fail/merge/deep_on_list.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = union)]
    ports: Vec<u16>,
}

fn main() {}
