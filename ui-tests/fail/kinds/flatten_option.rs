//! An optional struct cannot be flattened.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(flatten)]
    database: Option<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
