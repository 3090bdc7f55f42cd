//! The right form of `fail/defaults/text_for_duration.rs`.
#![allow(dead_code)]

use std::time::Duration;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = Duration::from_secs(30))]
    timeout: Duration,
}

fn main() {}
