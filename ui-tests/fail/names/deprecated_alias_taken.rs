//! A former name that is in use.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(deprecated_alias = "port")]
    http_port: u16,
    port: u16,
}

fn main() {}
