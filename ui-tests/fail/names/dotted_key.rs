//! A key that looks like a path.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(rename = "http.port")]
    port: u16,
}

fn main() {}
