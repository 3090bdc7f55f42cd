//! The right form of `fail/names/same_key.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
    #[config(rename = "admin_port")]
    admin: u16,
}

fn main() {}
