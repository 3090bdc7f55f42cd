//! The right form of `fail/kinds/not_deserialize.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    point: Point,
}

use serde::de::IgnoredAny as Point;

fn main() {}
