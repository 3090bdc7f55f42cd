//! Settings without names.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings(u16);

fn main() {}
