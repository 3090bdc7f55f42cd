//! An integer for a float.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 1)]
    ratio: f64,
}

fn main() {}
