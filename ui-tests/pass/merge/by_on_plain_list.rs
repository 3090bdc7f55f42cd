//! The right form of `fail/merge/by_on_plain_list.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = append)]
    plugins: Vec<String>,
}

fn main() {}
