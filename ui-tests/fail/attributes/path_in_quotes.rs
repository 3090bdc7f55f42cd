//! A path in quotes.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(validate = "check_port")]
    port: u16,
}

pub fn check_port(_: &u16) -> Result<(), String> {
    Ok(())
}

fn main() {}
