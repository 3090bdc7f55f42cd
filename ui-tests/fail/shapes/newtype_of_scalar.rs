//! A variant that holds a plain value.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File(String),
}

fn main() {}
