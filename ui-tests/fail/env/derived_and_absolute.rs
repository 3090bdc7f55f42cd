//! An absolute name that another field has by its path.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    port: u16,
    #[config(env = "ORDERS_PORT")]
    admin_port: u16,
}

fn main() {}
