//! A profile with the name of a section that every file may have.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("default"))]
struct Settings {
    port: u16,
}

fn main() {}
