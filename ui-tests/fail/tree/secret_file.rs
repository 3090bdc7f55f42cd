//! The file of a nested secret, and a field beside the struct.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    database_password_file: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(secret)]
    password: String,
}

fn main() {}
