//! One value where a list is needed.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(default = "core")]
    plugins: Vec<String>,
}

fn main() {}
