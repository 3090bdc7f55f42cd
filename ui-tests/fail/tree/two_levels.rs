//! A name that reaches two levels down.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    database_pool_max: u32,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig)]
struct Pool {
    max: u32,
}

fn main() {}
