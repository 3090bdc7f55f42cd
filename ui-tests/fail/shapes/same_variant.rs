//! Two variants with one name.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
enum Mode {
    Fast,
    #[config(rename = "Fast")]
    Fastest,
}

fn main() {}
