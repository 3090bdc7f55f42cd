//! No variable at all, and one.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = false, env = "PORT")]
    port: u16,
}

fn main() {}
