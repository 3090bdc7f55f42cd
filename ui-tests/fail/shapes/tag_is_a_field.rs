//! A tag with the name of a field.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File { kind: String },
}

fn main() {}
