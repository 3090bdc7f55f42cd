//! A plain value is not nested.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    port: u16,
}

fn main() {}
