//! The program of `quickstart` with several things wrong, and the report about them:
//! `cargo run --example errors`.

#![allow(dead_code)] // nothing gets as far as being read

use superconfig::SuperConfig;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS", profiles("production"))]
struct Settings {
    #[config(default = 8080)]
    port: u16,
    plugins: Vec<String>,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
    pool_max: u32,
}

fn main() {
    let loaded = SuperConfig::<Settings>::new()
        .with_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/errors"))
        .with_file("config.toml")
        .with_env(None)
        .with_env_vars([("ORDERS_DATABASE_POOL_MAX", "many")])
        .select_profile_from("ORDERS_PROFILE")
        .strict()
        .extract();
    match loaded {
        Ok(_) => println!("there is nothing wrong"),
        Err(error) => println!("{error:#}"),
    }
}
