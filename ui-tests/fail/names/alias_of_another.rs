//! An alias that is another field's key.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
    #[config(alias = "port")]
    admin: u16,
}

fn main() {}
