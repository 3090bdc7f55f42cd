//! A profile with a field's name.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles("development", "production"))]
struct Settings {
    production: bool,
}

fn main() {}
