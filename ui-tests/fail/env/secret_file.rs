//! The file of a secret, and a field of that name.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret)]
    token: String,
    token_file: String,
}

fn main() {}
