//! Where every value comes from: a report of all settings, and the story of one or more.
//!
//! `cargo run --example explain`, or with the settings that one wants to know about:
//! `cargo run --example explain -- port database.pool.max`.

#![allow(dead_code)] // what is asked here is where the values come from

use superconfig::{ConfigError, SecretString, SuperConfig};

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS", profiles("production"))]
struct Settings {
    /// Port to listen on.
    #[config(default = 8080)]
    port: u16,
    /// Plugins to load.
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(secret)]
    api_key: SecretString,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig)]
struct Pool {
    #[config(default = 10)]
    max: u32,
    timeout: Option<u32>,
}

fn main() -> Result<(), ConfigError> {
    let settings = SuperConfig::<Settings>::new()
        .with_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/explain"))
        .with_file("config.toml")
        .with_file_opt("local.yaml")
        .with_env_vars([("ORDERS_PLUGINS_REMOVE", "metrics"), ("ORDERS_PORT", "9000")])
        .build()?;
    println!("{}", settings.report());

    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        paths.extend(["port", "plugins"].map(String::from));
    }
    for path in paths {
        println!("\n--------\n\n{}", settings.explain(path.as_str())?);
    }
    Ok(())
}
