//! The README's program, beside the files that it reads: `cargo run --example quickstart`.

use superconfig::{ConfigError, SuperConfig};

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

fn main() -> Result<(), ConfigError> {
    let settings = SuperConfig::<Settings>::new()
        .with_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/quickstart"))
        .with_file("config.toml")
        .with_env(None)
        .select_profile_from("ORDERS_PROFILE")
        .strict() // what no setting has is an error
        .extract()?;
    println!("listening on {} with {:?}", settings.port, settings.plugins);
    println!("{} connections to {}", settings.database.pool_max, settings.database.url);
    Ok(())
}
