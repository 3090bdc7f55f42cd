//! Two names that become one key.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[serde(rename_all = "camelCase")]
struct Settings {
    pool_max: u16,
    #[config(env = false)]
    #[serde(rename = "poolMax")]
    old: u16,
}

fn main() {}
