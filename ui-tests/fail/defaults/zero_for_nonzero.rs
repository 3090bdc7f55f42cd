//! Zero, where it is excluded.

use std::num::NonZeroU8;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 0)]
    workers: NonZeroU8,
}

fn main() {}
