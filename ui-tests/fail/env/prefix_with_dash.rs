//! A prefix with a dash.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "MY-APP")]
struct Settings {
    port: u16,
}

fn main() {}
