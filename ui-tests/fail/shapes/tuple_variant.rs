//! A variant whose values have no names.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File(String, u16),
}

fn main() {}
