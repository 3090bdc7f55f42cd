//! A `parse_env` of another type.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(parse_env = parse)]
    port: u16,
}

pub fn parse(_: u16) -> Result<u16, String> {
    Ok(80)
}

fn main() {}
