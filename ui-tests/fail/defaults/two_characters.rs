//! Two characters for one.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "ab")]
    letter: char,
}

fn main() {}
