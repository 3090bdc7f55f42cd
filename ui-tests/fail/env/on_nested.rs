//! A variable's name on a whole struct.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested, env = "DATABASE")]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
