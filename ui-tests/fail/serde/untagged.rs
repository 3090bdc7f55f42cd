//! Without a tag, only the whole value tells which variant it is.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[serde(untagged)]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
