//! The right form of `fail/serde/same_key_by_case.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[serde(rename_all = "camelCase")]
struct Settings {
    pool_max: u16,
    #[config(env = false)]
    #[serde(rename = "oldPoolMax")]
    old: u16,
}

fn main() {}
