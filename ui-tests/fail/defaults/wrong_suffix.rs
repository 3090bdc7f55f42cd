//! A number of another type.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 8080u32)]
    port: u16,
}

fn main() {}
