//! Variants that nothing tells apart.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
