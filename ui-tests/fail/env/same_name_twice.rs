//! Two fields with one absolute name.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = "PORT")]
    http_port: u16,
    #[config(env = "PORT")]
    admin_port: u16,
}

fn main() {}
