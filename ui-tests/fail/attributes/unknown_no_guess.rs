//! A word that is like no other.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(colour)]
    port: u16,
}

fn main() {}
