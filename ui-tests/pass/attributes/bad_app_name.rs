//! The right form of `fail/attributes/bad_app_name.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "acme-orders")]
struct Settings {
    port: u16,
}

fn main() {}
