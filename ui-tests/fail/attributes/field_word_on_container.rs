//! A word that belongs on a field.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(secret)]
struct Settings {
    token: String,
}

fn main() {}
