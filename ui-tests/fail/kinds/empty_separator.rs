//! A separator that splits nothing.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(separator = "")]
    ports: Vec<u16>,
}

fn main() {}
