//! The tag of an enum is a setting too.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    store_kind: String,
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
