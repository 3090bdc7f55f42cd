//! An enum has no settings that could stand among those of a struct.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(flatten)]
    store: Store,
}

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store {
    Memory,
    Disk { path: String },
}

fn main() {}
