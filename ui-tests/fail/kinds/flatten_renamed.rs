//! A flattened struct has no key.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(flatten, rename = "db")]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
