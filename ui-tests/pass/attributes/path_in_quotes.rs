//! The right form of `fail/attributes/path_in_quotes.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(validate = check_port)]
    port: u16,
}

pub fn check_port(_: &u16) -> Result<(), String> {
    Ok(())
}

fn main() {}
