//! A text that is neither true nor false.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "maybe")]
    verbose: bool,
}

fn main() {}
