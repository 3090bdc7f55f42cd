//! Names that are not strings.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(profiles(development))]
struct Settings {
    port: u16,
}

fn main() {}
