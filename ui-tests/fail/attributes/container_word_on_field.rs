//! A word that belongs on the struct.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env_prefix = "DB")]
    url: String,
}

fn main() {}
