//! Two nested structs whose paths run into each other.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(nested)]
    database_pool: Pool,
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
