//! A list where one value is needed.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = [8080])]
    port: u16,
}

fn main() {}
