//! Items that cannot be compared, which `_add` and `_remove` need.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    points: Vec<Point>,
}

pub struct Point;

impl<'de> serde::Deserialize<'de> for Point {
    fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Ok(Point)
    }
}

fn main() {}
