//! A configuration owns its values.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings<'a> {
    name: std::borrow::Cow<'a, str>,
}

fn main() {}
