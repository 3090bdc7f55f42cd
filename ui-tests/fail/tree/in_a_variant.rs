//! A field of a variant, and one beside the enum.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    store_path: String,
    #[config(nested)]
    store: Store,
}

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    File { path: String },
}

fn main() {}
