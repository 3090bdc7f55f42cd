//! The same where no prefix is declared.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    database_url: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
