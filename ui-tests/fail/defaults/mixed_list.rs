//! Texts among numbers.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = ["1", 2])]
    levels: Vec<u8>,
}

fn main() {}
