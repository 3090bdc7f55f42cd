//! An integer that the type cannot hold.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 70000)]
    port: u16,
}

fn main() {}
