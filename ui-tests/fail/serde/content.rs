//! A tag beside a table of its own.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[serde(tag = "kind", content = "value")]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
