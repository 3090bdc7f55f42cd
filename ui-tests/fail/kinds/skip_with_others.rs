//! Nothing reads a skipped field.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(skip, secret)]
    cache: u16,
}

fn main() {}
