//! A value that belongs to somebody else.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    name: &'static str,
}

fn main() {}
