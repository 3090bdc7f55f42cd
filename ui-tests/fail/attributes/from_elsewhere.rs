//! A word of another library.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(sensitive)]
    token: String,
}

fn main() {}
