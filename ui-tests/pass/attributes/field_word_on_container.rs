//! The right form of `fail/attributes/field_word_on_container.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "orders")]
struct Settings {
    #[config(secret)]
    token: String,
}

fn main() {}
