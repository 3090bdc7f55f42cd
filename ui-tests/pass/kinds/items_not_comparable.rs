//! The right form of `fail/kinds/items_not_comparable.rs`.
#![allow(dead_code)]

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(whole)]
    points: Vec<Point>,
}

pub struct Point;

impl<'de> serde::Deserialize<'de> for Point {
    fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Ok(Point)
    }
}

fn main() {}
