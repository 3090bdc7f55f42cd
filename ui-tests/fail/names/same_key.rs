//! Two fields with one key.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
    #[config(rename = "port")]
    admin: u16,
}

fn main() {}
