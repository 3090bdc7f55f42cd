//! An enum is no outermost configuration.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "orders")]
enum Mode {
    Fast,
    Slow,
}

fn main() {}
