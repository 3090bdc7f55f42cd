//! The right form of `fail/kinds/nested_without_derive.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
pub struct Database {
    pub url: String,
}

fn main() {}
