//! A mistake in one struct does not hide one in another, and adds none.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 70000)]
    port: u16,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(default = 5)]
    url: String,
}

fn main() {}
