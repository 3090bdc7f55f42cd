//! The right form of `fail/defaults/zero_for_nonzero.rs`.
#![allow(dead_code)]

use std::num::NonZeroU8;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 4)]
    workers: NonZeroU8,
}

fn main() {}
