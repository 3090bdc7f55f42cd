//! A misspelled word.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefx = "ORDERS")]
struct Settings {
    port: u16,
}

fn main() {}
