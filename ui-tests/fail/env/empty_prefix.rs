//! An empty prefix.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "")]
struct Settings {
    port: u16,
}

fn main() {}
