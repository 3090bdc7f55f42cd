//! A field named like the way to remove from a list.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    plugins_remove: bool,
    plugins: Vec<String>,
}

fn main() {}
