//! A number for a `bool`.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 1)]
    verbose: bool,
}

fn main() {}
