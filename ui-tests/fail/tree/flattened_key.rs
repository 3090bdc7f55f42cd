//! A key of a flattened struct, and one beside it, although neither has a variable.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = false)]
    url: String,
    #[config(flatten)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
