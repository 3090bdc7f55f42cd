//! One absolute name in two structs.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(env = "DATABASE_URL")]
    url: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(env = "DATABASE_URL")]
    url: String,
}

fn main() {}
