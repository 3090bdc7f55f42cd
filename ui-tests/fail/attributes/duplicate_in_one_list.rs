//! The same word twice in one list.

use superconfig::SuperConfig;

#[derive(SuperConfig)]
struct Settings {
    #[config(secret, secret)]
    token: String,
}

fn main() {}
