//! An absolute name that another setting has by its path.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(env = "ORDERS_DATABASE_URL")]
    url: String,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
