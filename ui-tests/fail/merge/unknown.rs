//! A strategy that does not exist.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = apend)]
    ports: Vec<u16>,
}

fn main() {}
