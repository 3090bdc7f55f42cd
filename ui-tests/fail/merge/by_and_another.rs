//! Two strategies.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested, merge_by = url, merge = append)]
    databases: Vec<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
