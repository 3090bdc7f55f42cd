//! A boxed struct.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(nested)]
    database: Box<Database>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

fn main() {}
