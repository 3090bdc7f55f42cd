//! One value cannot be appended to another.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge = append)]
    port: u16,
}

fn main() {}
