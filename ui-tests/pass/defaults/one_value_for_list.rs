//! The right form of `fail/defaults/one_value_for_list.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = ["core"])]
    plugins: Vec<String>,
}

fn main() {}
