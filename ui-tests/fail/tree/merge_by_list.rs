//! A list cannot tell elements apart.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(nested, merge_by = hosts)]
    databases: Vec<Database>,
}

#[derive(SuperConfig)]
struct Database {
    name: String,
    hosts: Vec<String>,
}

fn main() {}
