//! The name that the field has already.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(env = "ORDERS_PORT")]
    port: u16,
}

fn main() {}
