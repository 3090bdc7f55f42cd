//! A struct that derives, without `nested`.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
