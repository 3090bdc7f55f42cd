//! Twenty mistakes in four sources (a file, a directory of files, variables, arguments), and the one
//! report about them: `cargo run --example broken`.
//!
//! `cargo run --example broken -- unreadable` adds files that cannot be read at all. What they would
//! have said is not known, so nothing is called missing then; all the rest is reported as before.

#![allow(dead_code)] // nothing gets as far as being read

use std::net::IpAddr;
use std::time::Duration;

use superconfig::{SecretString, SuperConfig};

/// Settings of the order service.
#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS", profiles("staging", "production"))]
struct Settings {
    /// The address to listen on.
    #[config(default = "127.0.0.1")]
    host: IpAddr,
    #[config(default = 8080)]
    port: u16,
    #[config(default = 4)]
    workers: u8,
    #[config(default = false)]
    debug: bool,
    #[config(default_with = ten_seconds)]
    timeout: Duration,
    #[config(default = "orders", validate = short)]
    name: String,
    #[config(nested, default = LogLevel::Info)]
    log_level: LogLevel,
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(default = 100, deprecated_alias = "queue_size")]
    queue_length: u32,
    /// The key for the payment service.
    #[config(secret)]
    api_key: SecretString,
    #[config(nested)]
    database: Database,
}

#[derive(SuperConfig)]
#[config(rename_all = "lowercase")]
enum LogLevel {
    Error,
    Info,
    Debug,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
    #[config(default = true)]
    tls: bool,
    #[config(nested)]
    pool: Pool,
}

#[derive(SuperConfig)]
#[config(validate = in_order)]
struct Pool {
    #[config(default = 1)]
    min_size: u32,
    #[config(default = 10)]
    max_size: u32,
}

fn ten_seconds() -> Duration {
    Duration::from_secs(10)
}

fn short(name: &str) -> Result<(), String> {
    if name.len() <= 16 { Ok(()) } else { Err(format!("{name:?} is longer than 16 bytes")) }
}

fn in_order(pool: &Pool) -> Result<(), String> {
    if pool.min_size <= pool.max_size {
        return Ok(());
    }
    Err(format!("`min_size` is {} and `max_size` only {}", pool.min_size, pool.max_size))
}

fn main() {
    let mut builder = SuperConfig::<Settings>::new()
        .with_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/broken"))
        .with_file("config.toml")
        .with_glob("conf.d/*.yaml")
        .with_dotenv("orders.env")
        .with_env(None)
        .with_args(["--set", "workers=many", "--set", "plugin=http"])
        .select_profile("prod");
    if std::env::args().nth(1).is_some_and(|argument| argument == "unreadable") {
        builder = builder.with_glob("unreadable/*.*").with_file("confg.toml");
    }
    match builder.extract() {
        Ok(_) => println!("there is nothing wrong"),
        Err(error) => println!("{}", error.render()),
    }
}
