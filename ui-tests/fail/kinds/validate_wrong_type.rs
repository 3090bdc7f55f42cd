//! A validation of another type.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(validate = check)]
    port: u16,
}

pub fn check(_: &str) -> Result<(), String> {
    Ok(())
}

fn main() {}
