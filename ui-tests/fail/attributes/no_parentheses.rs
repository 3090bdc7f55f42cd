//! No words at all.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config]
    token: String,
}

fn main() {}
