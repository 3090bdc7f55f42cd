//! A set of structs.

use std::collections::BTreeSet;
use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    databases: BTreeSet<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
