//! A nested type that does not derive.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    database: Database,
}

pub struct Database {
    pub url: String,
}

fn main() {}
