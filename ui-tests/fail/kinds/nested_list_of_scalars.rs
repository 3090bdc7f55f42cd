//! Neither are the items of a plain list.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    plugins: Vec<String>,
}

fn main() {}
