//! Still none.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {}

fn main() {}
