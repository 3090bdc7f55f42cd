//! What adds to a nested list, and a field beside the struct.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    database_hosts_add: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    hosts: Vec<String>,
}

fn main() {}
