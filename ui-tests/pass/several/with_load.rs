//! The right form of `fail/several/with_load.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(app = "orders")]
struct Settings {
    #[config(default = 7000)]
    port: u16,
}

pub fn start() -> bool {
    Settings::load().is_ok_and(|settings| settings.get().port > 0)
}

fn main() {}
