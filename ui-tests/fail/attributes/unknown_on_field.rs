//! A misspelled word.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(defualt = 8080)]
    port: u16,
}

fn main() {}
