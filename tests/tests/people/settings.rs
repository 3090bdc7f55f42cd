//! Settings of every kind that people may read about.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::{NonZeroI8, NonZeroU16};
use std::path::PathBuf;
use std::time::Duration;

use superconfig::{SecretString, SuperConfig};

/// Settings of the order service.
///
/// They are read when it starts.
#[derive(SuperConfig, Debug, Clone)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("development", "production"))]
pub struct Settings {
    /// Address to listen on.
    #[config(default = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen on.
    #[config(default = "8080", env = "PORT", alias = "listen_port")]
    pub port: u16,
    /// Plugins to load, in this order | never twice.
    #[config(default = ["core"])]
    pub plugins: Vec<String>,
    #[config(secret)]
    pub api_key: SecretString,
    /// Used by clients of old.
    #[config(secret, default = "hunter2", env = "OLD_KEY")]
    pub old_key: SecretString,
    pub data_dir: Option<PathBuf>,
    /// How eager it is.
    #[config(nested, default = "safe")]
    pub mode: Mode,
    /// How long it waits.
    #[config(default_with = five_seconds)]
    pub timeout: Duration,
    /// In seconds.
    #[config(with = seconds, default = Duration::from_secs(3))]
    pub pause: Duration,
    #[config(default = 24 * 60 * 60, restart_required)]
    pub max_age: u64,
    /// Said to whoever asks.
    #[config(
        default = "a \"b\"\n\t\\ é",
        deprecated = "use `plugins`",
        deprecated_alias = "hello"
    )]
    pub greeting: String,
    #[config(default)]
    pub labels: HashMap<String, u8>,
    #[config(nested)]
    pub database: Database,
    #[config(nested)]
    pub upstreams: BTreeMap<String, Upstream>,
    #[config(nested, merge_by = host)]
    pub servers: Vec<Server>,
    #[config(nested)]
    pub tls: Option<Tls>,
    /// Where orders are kept.
    #[config(nested)]
    pub store: Store,
    #[config(nested)]
    pub tree: Option<Tree>,
    #[config(flatten)]
    pub logging: Logging,
    #[config(skip)]
    pub started: u64,
}

#[derive(SuperConfig, Debug, Clone, PartialEq)]
#[config(rename_all = "lowercase")]
pub enum Mode {
    /// Asks nobody.
    Fast,
    #[config(alias = "careful")]
    Safe,
}

/// The database.
#[derive(SuperConfig, Debug, Clone)]
#[config(deny_unknown)]
pub struct Database {
    /// Where it is.
    pub url: String,
    #[config(nested)]
    pub pool: Pool,
    #[config(env = false, default = -0x10)]
    pub skew_ms: i16,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Pool {
    #[config(default = 0.5)]
    pub ratio: f32,
    #[config(default = 'x')]
    pub letter: char,
    #[config(default = [1, 2])]
    pub sizes: BTreeSet<u32>,
    pub lowest: Option<NonZeroI8>,
    #[config(default = true)]
    pub warm: bool,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Upstream {
    pub url: String,
    #[config(default = 2)]
    pub retries: u8,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Server {
    pub host: SocketAddr,
    pub threads: NonZeroU16,
    #[config(nested, default = "fast")]
    pub mode: Mode,
}

/// Speaks in secret.
#[derive(SuperConfig, Debug, Clone)]
pub struct Tls {
    pub cert: PathBuf,
    #[config(nested)]
    pub client: Client,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Client {
    #[config(default = "::1")]
    pub six: Ipv6Addr,
    pub four: Option<Ipv4Addr>,
}

#[derive(SuperConfig, Debug, Clone)]
#[config(tag = "kind", rename_all = "lowercase")]
pub enum Store {
    /// In memory, for tests.
    Memory,
    /// In files.
    Disk {
        path: PathBuf,
        #[config(default = 10)]
        limit: u32,
    },
    #[config(alias = "bucket")]
    S3 { bucket: String, limit: Option<u32> },
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Tree {
    #[config(default = "leaf")]
    pub name: String,
    #[config(nested)]
    pub children: Vec<Tree>,
    #[config(nested)]
    pub by_name: BTreeMap<String, Tree>,
}

#[derive(SuperConfig, Debug, Clone)]
pub struct Logging {
    /// What is written down.
    #[config(default = "info", rename = "log level", env = "LOG")]
    pub level: String,
    #[config(nested)]
    pub modes: BTreeMap<String, Mode>,
    #[config(nested)]
    pub order: Option<Vec<Mode>>,
}

fn five_seconds() -> Duration {
    Duration::from_secs(5)
}

mod seconds {
    use serde::{Deserialize, Deserializer};
    use std::time::Duration;

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_secs)
    }
}

/// What has to be given, in JSON.
pub const REQUIRED: &str = r#"{
    "api_key": "k", "database": { "url": "u" }, "store": { "kind": "memory" }
}"#;

/// Settings that need nothing, by the most usual words.
#[derive(SuperConfig, Debug, PartialEq)]
#[config(rename_all = "kebab-case")]
pub struct Plain {
    /// Threads of the pool.
    #[config(default = 4)]
    pub max_threads: u8,
    pub name: Option<String>,
    #[config(default = None)]
    pub nick: Option<String>,
    #[config(default = 7)]
    pub maybe: Option<u8>,
    #[config(default)]
    pub on: bool,
    #[config(nested)]
    pub inner: PlainInner,
}

#[derive(SuperConfig, Debug, PartialEq)]
pub struct PlainInner {
    #[config(default = ["a", "b"], separator = ";")]
    pub words: Vec<String>,
    #[config(default = "1.5")]
    pub ratio: f64,
    #[config(whole, default = vec![])]
    pub whole: Vec<u8>,
}

/// Two types of one name.
#[derive(SuperConfig, Debug)]
pub struct Twins {
    #[config(nested)]
    pub one: Generic<one::Inner>,
    #[config(nested)]
    pub two: Generic<two::Inner>,
}

#[derive(SuperConfig, Debug)]
pub struct Generic<T: superconfig::Config> {
    #[config(nested)]
    pub inner: T,
}

pub mod one {
    #[derive(superconfig::SuperConfig, Debug)]
    pub struct Inner {
        #[config(default = 1)]
        pub first: u8,
    }
}

pub mod two {
    #[derive(superconfig::SuperConfig, Debug)]
    pub struct Inner {
        #[config(default = 2)]
        pub second: u8,
    }
}

/// A tagged enum of one's own types.
#[derive(SuperConfig, Debug)]
#[config(tag = "type", rename_all = "lowercase")]
pub enum Sink {
    /// To a file.
    File(Rotation),
    Null,
}

#[derive(SuperConfig, Debug)]
pub struct Rotation {
    /// Files to keep.
    #[config(default = 3, alias = "keep-files")]
    pub keep: u8,
    #[config(nested)]
    pub client: Client,
}

#[derive(SuperConfig, Debug)]
#[config(deny_unknown, env_prefix = "SINKS")]
pub struct Sinks {
    #[config(nested)]
    pub main_sink: Option<Sink>,
    #[config(nested)]
    pub others: Vec<Sink>,
    #[config(default = "2.5")]
    pub ratio: Option<f32>,
    #[config(default = 7)]
    pub big: u128,
    pub items: Option<Vec<i128>>,
    #[config(whole, default = BTreeMap::new())]
    pub by_name: BTreeMap<String, Option<bool>>,
}
