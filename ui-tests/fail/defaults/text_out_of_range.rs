//! A text that is no value of the type.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "300")]
    level: u8,
}

fn main() {}
