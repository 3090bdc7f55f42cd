//! The right form of `fail/serde/same_key.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
    #[serde(rename = "admin_port")]
    admin: u16,
}

fn main() {}
