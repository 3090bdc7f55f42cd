//! A `Duration` has no text of its own.

use std::time::Duration;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "30s")]
    timeout: Duration,
}

fn main() {}
