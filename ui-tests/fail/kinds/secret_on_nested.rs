//! A secret struct.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested, secret)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
