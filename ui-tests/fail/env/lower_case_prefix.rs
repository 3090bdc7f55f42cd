//! A prefix in lower case.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "orders")]
struct Settings {
    port: u16,
}

fn main() {}
