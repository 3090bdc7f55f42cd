//! No settings at all.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings;

fn main() {}
