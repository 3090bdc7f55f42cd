//! A tag where nothing is told apart.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
struct Settings {
    port: u16,
}

fn main() {}
