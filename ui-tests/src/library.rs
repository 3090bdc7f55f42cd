//! Settings as a library would export them: reachable from outside, so that lints about visibility look at what the
//! derive writes for them.
#![deny(
    warnings,
    missing_docs,
    private_bounds,
    private_interfaces,
    unnameable_types,
    unreachable_pub,
    clippy::pedantic
)]

use superconfig::SuperConfig;

/// Of a generic type, with private types inside.
#[derive(SuperConfig)]
#[config(validate = check)]
pub struct Service<T: Clone> {
    #[config(nested)]
    limit: Limit<T>,
    #[config(nested)]
    database: Database,
    steps: Vec<T>,
    #[config(nested)]
    store: Option<Store<T>>,
}

/// Of a plain type, with private types inside.
#[derive(SuperConfig)]
#[config(app = "orders")]
pub struct Settings {
    #[config(nested)]
    database: Database,
    #[config(nested, merge_by = url)]
    replicas: Vec<Database>,
    /// Public among private ones.
    pub verbose: bool,
}

#[derive(SuperConfig)]
struct Limit<T> {
    #[config(default)]
    soft: T,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
}

#[derive(SuperConfig)]
#[config(tag = "kind")]
enum Store<T> {
    One { value: T },
    Two(Limit<T>),
}

fn check<T: Clone>(service: &Service<T>) -> Result<(), &'static str> {
    if service.steps.is_empty() { Err("there has to be a step") } else { Ok(()) }
}
