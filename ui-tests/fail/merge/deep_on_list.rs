//! A plain list has no depth.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = deep)]
    ports: Vec<u16>,
}

fn main() {}
