//! A field named like the way to add to a list.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    plugins: Vec<String>,
    plugins_add: u16,
}

fn main() {}
