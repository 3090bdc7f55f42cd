//! A deprecation that does not say what to do.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(deprecated)]
    old_port: Option<u16>,
}

fn main() {}
