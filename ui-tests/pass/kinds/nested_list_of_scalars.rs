//! The right form of `fail/kinds/nested_list_of_scalars.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    plugins: Vec<String>,
}

fn main() {}
