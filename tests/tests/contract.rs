//! The struct of the contract, loaded in the ways that the contract names.
#![allow(missing_docs)]

use std::{collections::BTreeMap, net::IpAddr, path::PathBuf};

use superconfig::{ExposeSecret, Format, SecretString, SuperConfig};

#[derive(SuperConfig, Debug, Clone)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("development", "staging", "production"))]
pub struct Settings {
    /// Address to listen on.
    #[config(default = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen on.
    #[config(default = 8080, env = "PORT")]
    pub port: u16,
    /// Plugins to load.
    #[config(default = ["core"])]
    pub plugins: Vec<String>,
    #[config(secret)]
    pub api_key: SecretString,
    pub data_dir: Option<PathBuf>,
    #[config(nested)]
    pub database: Database,
    #[config(nested)]
    pub upstreams: BTreeMap<String, Upstream>,
    #[config(nested)]
    pub tls: Option<Tls>,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Database {
    pub url: String,
    #[config(nested)]
    pub pool: Pool,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Pool {
    #[config(default = 10)]
    pub max: u32,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Upstream {
    pub url: String,
    #[config(default = 3)]
    pub retries: u8,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Tls {
    pub cert: PathBuf,
}

const NOTHING: [(&str, &str); 0] = [];

fn empty() -> SuperConfig<Settings> {
    SuperConfig::new().with_env_vars(NOTHING)
}

#[test]
fn defaults_files_and_variables_meet() {
    let settings = SuperConfig::<Settings>::new()
        .with_text(
            Format::Toml,
            "api_key = 'x'\nplugins_add = ['auth']\n[database]\nurl = 'postgres://db'\n\
             [upstreams.billing]\nurl = 'http://a'\n[production]\nport = 443\n",
        )
        .with_text(Format::Yaml, "database:\n  pool:\n    max: 20\n")
        .with_text(Format::Json, r#"{"upstreams": {"billing": {"retries": 5}}}"#)
        .with_env_vars([
            ("ORDERS_DATABASE_POOL_MAX", "40"),
            ("ORDERS_PLUGINS_REMOVE", "core"),
            ("ORDERS_UPSTREAMS_BILLING_URL", "http://b"),
            ("HOME", "/nowhere"),
        ])
        .select_profile("production")
        .extract()
        .unwrap();
    assert_eq!(settings.port, 443);
    assert_eq!(settings.host.to_string(), "127.0.0.1");
    assert_eq!(settings.plugins, ["auth"]);
    assert_eq!(settings.database.pool.max, 40);
    assert_eq!(settings.upstreams["billing"].url, "http://b");
    assert_eq!(settings.upstreams["billing"].retries, 5);
    assert_eq!(settings.api_key.expose_secret(), "x");
    assert!(settings.tls.is_none() && settings.data_dir.is_none());
}

#[test]
fn everything_wrong_is_in_one_report() {
    let error = empty()
        .with_text(Format::Toml, "port = 'eighty'\nprot = 1\nhost = 'x'\n[databse]\nurl = 1\n")
        .strict()
        .extract()
        .unwrap_err();
    println!("{error:#}");
    assert_eq!(error.problems().len(), 6);
}
