//! A value and a function.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 8080, default_with = port)]
    port: u16,
}

pub fn port() -> u16 {
    8080
}

fn main() {}
