//! A negative number for an unsigned type.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = -1)]
    retries: u8,
}

fn main() {}
