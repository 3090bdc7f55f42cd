//! The struct of the introduction, and every kind of field beside it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::path::PathBuf;

use superconfig::SuperConfig;

/// Settings of the order service.
#[derive(SuperConfig, Debug, Clone)]
#[config(
    app = "orders",
    env_prefix = "ORDERS",
    profiles("development", "staging", "production"),
    validate = check_all
)]
pub struct Settings {
    /// Address to listen on.
    #[config(default = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen on.
    #[config(default = 8080, env = "PORT", validate = check_port)]
    pub port: u16,
    #[config(default = ["core"])]
    pub plugins: Vec<String>,
    #[config(secret)]
    pub api_key: String,
    pub data_dir: Option<PathBuf>,
    #[config(nested)]
    pub database: Database,
    #[config(nested)]
    pub upstreams: BTreeMap<String, Upstream>,
    #[config(nested)]
    pub tls: Option<Tls>,
    #[config(nested, default = "fast")]
    pub mode: Mode,
    #[config(nested, default)]
    pub store: Store,
    #[config(flatten)]
    pub limits: Limits,
    #[config(nested, merge_by = url)]
    pub servers: Vec<Upstream>,
    #[config(merge = append)]
    pub tags: Option<Vec<String>>,
    #[config(merge = union, default = [1, 2])]
    pub numbers: BTreeSet<u32>,
    pub labels: HashMap<String, Option<u8>>,
    #[config(merge = replace, nested)]
    pub other: Option<Tls>,
    #[config(merge = replace, default)]
    pub weights: BTreeMap<String, f64>,
    #[config(skip)]
    pub cache: Option<u8>,
    #[config(parse_env = parse_level, default = 3, deprecated = "use `mode`")]
    pub level: Option<u8>,
    #[config(whole, separator = ";", default = ["a"])]
    pub whole: Vec<String>,
    #[config(with = seconds, default = "30")]
    pub timeout: std::time::Duration,
    #[config(with = seconds, parse_env = parse_seconds)]
    pub pause: Option<std::time::Duration>,
    #[config(default_with = Self::default_ratio, alias = "share", deprecated_alias = "part", env = false)]
    pub ratio: f64,
    #[config(default = Self::RETRIES, restart_required)]
    pub retries: u8,
}

impl Settings {
    const RETRIES: u8 = 3;

    fn default_ratio() -> f64 {
        0.5
    }
}

#[derive(SuperConfig, Debug, Clone)]
#[config(rename_all = "kebab-case", deny_unknown)]
pub struct Database {
    pub url: String,
    #[config(default = 10)]
    pub pool_max: u32,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Upstream {
    pub url: String,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Tls {
    pub cert: PathBuf,
    #[config(default = "x")]
    pub r#type: String,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Limits {
    #[config(default)]
    pub max_body: u64,
}

#[derive(SuperConfig, Debug, Clone)]
#[config(rename_all = "lowercase")]
pub enum Mode {
    Fast,
    #[config(alias = "careful")]
    Slow,
    #[config(skip)]
    Hidden,
}

#[derive(SuperConfig, Debug, Clone, Default)]
#[config(tag = "kind", rename_all = "lowercase", validate = check_store)]
pub enum Store {
    #[default]
    Memory,
    File {
        path: PathBuf,
        #[config(default = true)]
        sync: bool,
        #[config(with = seconds, default = "30")]
        timeout: std::time::Duration,
    },
    Remote(Upstream),
    #[config(skip)]
    Test {
        calls: u8,
    },
}

fn check_all(settings: &Settings) -> Result<(), String> {
    if settings.port == 1 { Err("one".to_owned()) } else { Ok(()) }
}

fn check_port(port: &u16) -> Result<(), &'static str> {
    if *port == 0 { Err("zero") } else { Ok(()) }
}

fn check_store(_: &Store) -> Result<(), String> {
    Ok(())
}

fn parse_level(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

fn parse_seconds(text: &str) -> Result<std::time::Duration, std::num::ParseIntError> {
    text.parse().map(std::time::Duration::from_secs)
}

mod seconds {
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>, T: From<Seconds>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        u64::deserialize(deserializer).map(|it| Seconds(std::time::Duration::from_secs(it)).into())
    }

    pub struct Seconds(std::time::Duration);

    impl From<Seconds> for std::time::Duration {
        fn from(it: Seconds) -> Self {
            it.0
        }
    }

    impl From<Seconds> for Option<std::time::Duration> {
        fn from(it: Seconds) -> Self {
            Some(it.0)
        }
    }
}

fn main() {
    let schema = <Settings as superconfig::Config>::SCHEMA;
    assert_eq!(schema.app, Some("orders"));
    assert_eq!(schema.fields().len(), 24);
    assert_eq!(Settings::SCHEMA.fields()[1].default, Some("8080"));
    assert_eq!(<Store as superconfig::Config>::SCHEMA.words(), ["memory", "file", "remote"]);
    let _ = Store::Test { calls: 1 };
}
