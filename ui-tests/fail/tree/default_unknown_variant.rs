//! A variant that does not exist.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(nested, default = "quick")]
    mode: Mode,
}

#[derive(SuperConfig)]
#[config(rename_all = "lowercase")]
enum Mode {
    Fast,
    Slow,
}

fn main() {}
