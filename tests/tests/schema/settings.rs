//! A struct with settings of every kind that a JSON Schema can tell.
#![allow(clippy::type_complexity)] // of cells in cells

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::{NonZeroI8, NonZeroU16};
use std::path::PathBuf;

use superconfig::{SecretString, SuperConfig};

/// Settings of the order service.
#[derive(SuperConfig, Debug)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("development", "production"))]
pub(crate) struct Settings {
    /// Address to listen on.
    #[config(default = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// Port to listen on.
    #[config(default = 8080, env = "PORT", alias = "listen-port", deprecated_alias = "httpPort")]
    pub(crate) port: u16,
    pub(crate) gateway: Option<Ipv4Addr>,
    pub(crate) peer: Option<SocketAddr>,
    /// Plugins to load.
    #[config(default = ["core"])]
    pub(crate) plugins: Vec<String>,
    #[config(default = [1, 2], merge = append, separator = ";")]
    pub(crate) steps: Vec<i8>,
    #[config(merge = union, default)]
    pub(crate) tags: Vec<String>,
    #[config(default)]
    pub(crate) matrix: Vec<Vec<u8>>,
    #[config(secret)]
    pub(crate) api_key: SecretString,
    pub(crate) data_dir: Option<PathBuf>,
    #[config(default = 0.5)]
    pub(crate) ratio: f64,
    #[config(default = false)]
    pub(crate) verbose: bool,
    #[config(default = 'x')]
    pub(crate) mark: char,
    pub(crate) retries: Option<NonZeroU16>,
    pub(crate) shift: Option<NonZeroI8>,
    #[config(default = "007")]
    pub(crate) version: String,
    pub(crate) limit: u64,
    #[config(default = 5, restart_required)]
    pub(crate) wide: i128,
    #[config(default = "a \"b\"", deprecated = "use `plugins`")]
    pub(crate) greeting: String,
    #[config(default)]
    pub(crate) labels: BTreeMap<String, u8>,
    #[config(default, merge = replace)]
    pub(crate) notes: BTreeMap<String, Option<String>>,
    /// How eager it is.
    #[config(nested, default = "safe")]
    pub(crate) mode: Mode,
    #[config(nested)]
    pub(crate) fallback: Option<Mode>,
    #[config(nested)]
    pub(crate) database: Database,
    #[config(nested)]
    pub(crate) upstreams: BTreeMap<String, Upstream>,
    #[config(nested, merge_by = name)]
    pub(crate) servers: Vec<Server>,
    #[config(nested)]
    pub(crate) levels: Vec<Mode>,
    #[config(nested)]
    pub(crate) tls: Option<Tls>,
    #[config(nested, merge = replace)]
    pub(crate) cache: Cache,
    /// Where orders are kept.
    #[config(nested)]
    pub(crate) store: Store,
    #[config(nested)]
    pub(crate) tree: Option<Tree>,
    #[config(flatten)]
    pub(crate) logging: Logging,
    #[config(env = false, default = 1)]
    pub(crate) internal: u32,
}

#[derive(SuperConfig, Debug)]
#[config(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// Asks nobody.
    Fast,
    #[config(alias = "careful")]
    Safe,
}

/// The database.
#[derive(SuperConfig, Debug)]
#[config(deny_unknown)]
pub(crate) struct Database {
    pub(crate) url: String,
    #[config(nested)]
    pub(crate) pool: Pool,
    #[config(secret)]
    pub(crate) password: Option<SecretString>,
}

#[derive(SuperConfig, Debug)]
pub(crate) struct Pool {
    #[config(default = 10)]
    pub(crate) max: u8,
    #[config(default = 1, rename = "min-size")]
    pub(crate) min: u8,
}

#[derive(SuperConfig, Debug)]
pub(crate) struct Upstream {
    pub(crate) url: String,
    #[config(default = 3)]
    pub(crate) retries: u8,
}

#[derive(SuperConfig, Debug)]
#[config(rename_all = "camelCase")]
pub(crate) struct Server {
    pub(crate) name: String,
    #[config(default = 80)]
    pub(crate) http_port: u16,
}

#[derive(SuperConfig, Debug)]
pub(crate) struct Tls {
    pub(crate) cert: PathBuf,
    #[config(default = true)]
    pub(crate) strict: bool,
}

#[derive(SuperConfig, Debug)]
pub(crate) struct Cache {
    #[config(default = 60)]
    pub(crate) seconds: u32,
    pub(crate) path: Option<PathBuf>,
}

/// A store.
#[derive(SuperConfig, Debug)]
#[config(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Store {
    /// Keeps nothing.
    Memory,
    #[config(alias = "file")]
    Disk {
        path: PathBuf,
        #[config(default = 2)]
        copies: u8,
    },
    S3 {
        bucket: String,
        #[config(secret)]
        key: Option<SecretString>,
    },
}

#[derive(SuperConfig, Debug)]
pub(crate) struct Tree {
    pub(crate) name: String,
    #[config(nested)]
    pub(crate) children: Vec<Tree>,
}

#[derive(SuperConfig, Debug)]
pub(crate) struct Logging {
    #[config(default = "info")]
    pub(crate) log_level: String,
}
