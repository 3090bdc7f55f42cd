//! A number for a `String`.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 5)]
    name: String,
}

fn main() {}
