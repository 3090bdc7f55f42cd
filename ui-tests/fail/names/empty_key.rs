//! A key without a name.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(rename = "")]
    port: u16,
}

fn main() {}
