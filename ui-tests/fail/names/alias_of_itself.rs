//! An alias that is the field's own key.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(alias = "port")]
    port: u16,
}

fn main() {}
