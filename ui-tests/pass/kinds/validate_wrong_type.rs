//! The right form of `fail/kinds/validate_wrong_type.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(validate = check)]
    port: u16,
}

pub fn check(_: &u16) -> Result<(), String> {
    Ok(())
}

fn main() {}
