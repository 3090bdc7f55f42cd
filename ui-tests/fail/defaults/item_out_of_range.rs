//! An item that the type cannot hold.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = [1, 256])]
    levels: Vec<u8>,
}

fn main() {}
