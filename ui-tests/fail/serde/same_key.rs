//! A key that serde's attribute gives twice.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    port: u16,
    #[serde(rename = "port")]
    admin: u16,
}

fn main() {}
