//! Two words that run into each other.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 8080 secret)]
    port: u16,
}

fn main() {}
