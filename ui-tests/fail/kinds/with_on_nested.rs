//! A nested struct reads itself.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested, with = by_hand)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
