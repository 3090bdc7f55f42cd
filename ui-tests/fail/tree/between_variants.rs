//! Fields of two variants: a variable is read before it is known which variant stands.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    File { pool_max: u32 },
    Database {
        #[config(nested)]
        pool: Pool,
    },
}

#[derive(SuperConfig)]
struct Pool {
    max: u32,
}

fn main() {}
