//! A case that does not exist.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(rename_all = "kebabcase")]
struct Settings {
    pool_max: u16,
}

fn main() {}
