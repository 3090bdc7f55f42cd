//! A flattened struct has no default of its own.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(flatten, default)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
