//! The type inside the `Option` counts.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 300)]
    level: Option<u8>,
}

fn main() {}
