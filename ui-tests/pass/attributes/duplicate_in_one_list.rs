//! The right form of `fail/attributes/duplicate_in_one_list.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret, restart_required)]
    token: String,
}

fn main() {}
