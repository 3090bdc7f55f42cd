//! A value where a word should be.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(8080)]
    port: u16,
}

fn main() {}
