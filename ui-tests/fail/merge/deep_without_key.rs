//! A list of structs needs to know which ones are the same.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested, merge = deep)]
    databases: Vec<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
