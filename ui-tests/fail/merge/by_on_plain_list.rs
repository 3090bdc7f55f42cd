//! Plain items have no fields.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(merge_by = name)]
    plugins: Vec<String>,
}

fn main() {}
