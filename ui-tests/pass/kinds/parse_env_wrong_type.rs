//! The right form of `fail/kinds/parse_env_wrong_type.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(parse_env = parse)]
    port: u16,
}

pub fn parse(_: &str) -> Result<u16, String> {
    Ok(80)
}

fn main() {}
