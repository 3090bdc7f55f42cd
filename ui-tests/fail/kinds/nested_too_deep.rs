//! A list of lists of structs.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    databases: Vec<Vec<Database>>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
