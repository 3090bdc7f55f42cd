//! A word without its value.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = )]
    port: u16,
}

fn main() {}
