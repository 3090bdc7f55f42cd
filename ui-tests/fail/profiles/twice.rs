//! A profile that is given twice.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("eu", "us", "eu"))]
struct Settings {
    port: u16,
}

fn main() {}
