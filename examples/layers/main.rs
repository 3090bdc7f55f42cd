//! Files of the system, of the user, of the project and of its `conf.d`, in this order, then
//! variables. This folder plays the file system, so that nothing of the machine's own is read:
//! `etc/` is `/etc`, `user/` is the user's folder for configuration, `project/` is where the program
//! is started.
//!
//! `cargo run --example layers`, then with a profile: `cargo run --example layers -- production`,
//! or with two, of which the last one wins: `cargo run --example layers -- staging,eu`.

use std::collections::BTreeMap;
use std::path::Path;

use superconfig::{ConfigError, SuperConfig};

#[derive(SuperConfig)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("staging", "production", "eu"))]
struct Settings {
    #[config(default = "info")]
    log: String,
    #[config(default = "plain")]
    theme: String,
    #[config(default = 8080)]
    port: u16,
    region: Option<String>,
    #[config(nested)]
    database: Database,
    #[config(nested)]
    upstreams: BTreeMap<String, Upstream>,
}

#[derive(SuperConfig)]
struct Database {
    url: String,
    #[config(default = 10)]
    pool_max: u32,
}

#[derive(SuperConfig)]
struct Upstream {
    url: String,
    #[config(default = 3)]
    retries: u8,
}

fn main() -> Result<(), ConfigError> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("layers");
    let profiles = std::env::args().nth(1).unwrap_or_default();
    let settings = SuperConfig::<Settings>::new()
        .with_root(&here)
        .with_directory(here.join("project"))
        .with_hierarchical("orders")
        .with_glob("conf.d/*")
        .with_env(None)
        .with_env_vars([
            ("HOME", here.join("user").as_os_str()),
            ("XDG_CONFIG_HOME", here.join("user").as_os_str()),
            ("ORDERS_DATABASE_POOL_MAX", "40".as_ref()),
        ])
        .select_profile(&profiles)
        .build()?;

    println!("profile: {}", if profiles.is_empty() { "none" } else { &profiles });
    for place in settings.places().iter().filter(|place| place.found) {
        let path = place.path.strip_prefix(&here).unwrap_or(&place.path);
        println!("read {}", path.display());
    }
    let now = settings.get();
    println!("log = {:?}", now.log);
    println!("theme = {:?}", now.theme);
    println!("port = {}", now.port);
    println!("region = {:?}", now.region);
    println!("database.url = {:?}", now.database.url);
    println!("database.pool_max = {}", now.database.pool_max);
    for (name, upstream) in &now.upstreams {
        println!("upstreams.{name} = {:?}, {} retries", upstream.url, upstream.retries);
    }
    Ok(())
}
