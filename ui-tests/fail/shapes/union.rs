//! A union does not know what it holds.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
union Port {
    number: u16,
}

fn main() {}
