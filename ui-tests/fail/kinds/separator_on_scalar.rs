//! A separator where nothing is separated.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(separator = ";")]
    ports: u16,
}

fn main() {}
