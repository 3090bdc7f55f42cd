//! A type that cannot be read.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    point: Point,
}

pub struct Point {
    pub x: u8,
}

fn main() {}
