//! A field has its variable anyway.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = true)]
    port: u16,
}

fn main() {}
