//! One value is whole anyway.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(whole)]
    port: u16,
}

fn main() {}
