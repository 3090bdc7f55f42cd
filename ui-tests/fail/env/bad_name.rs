//! A variable's name with a dash.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(env = "http-port")]
    port: u16,
}

fn main() {}
