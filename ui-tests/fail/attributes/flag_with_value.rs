//! A word that takes no value.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret = true)]
    token: String,
}

fn main() {}
