//! Two keys, one variable.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    pool_max: u16,
    #[config(rename = "poolMax")]
    old_pool_max: u16,
}

fn main() {}
