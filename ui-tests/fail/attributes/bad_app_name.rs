//! A name that cannot be part of a file name.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "acme/orders")]
struct Settings {
    port: u16,
}

fn main() {}
