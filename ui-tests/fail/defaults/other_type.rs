//! An expression of another type, which the compiler finds.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = String::new())]
    port: u16,
}

fn main() {}
