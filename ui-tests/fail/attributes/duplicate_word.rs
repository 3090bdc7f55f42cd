//! The same word twice on one field.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = 1)]
    #[config(default = 2)]
    port: u16,
}

fn main() {}
