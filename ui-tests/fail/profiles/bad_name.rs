//! A profile that cannot be part of a file name.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("north america"))]
struct Settings {
    port: u16,
}

fn main() {}
