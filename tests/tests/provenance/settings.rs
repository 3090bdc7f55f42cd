//! A configuration with settings of every kind, and two texts of it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use superconfig::{Format, SecretString, SuperConfig};

#[derive(SuperConfig, Debug, Clone)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("staging", "production"))]
pub(crate) struct Settings {
    /// Address to listen on.
    #[config(default = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// Port to listen on.
    ///
    /// Below 1024 it takes privileges.
    #[config(default = 8080, env = "PORT")]
    pub(crate) port: u16,
    /// Plugins to load.
    #[config(default = ["core"])]
    pub(crate) plugins: Vec<String>,
    #[config(secret)]
    pub(crate) api_key: Option<SecretString>,
    pub(crate) data_dir: Option<PathBuf>,
    #[config(default_with = half_a_minute, with = seconds)]
    pub(crate) timeout: Duration,
    #[config(nested)]
    pub(crate) pool: Pool,
    #[config(nested)]
    pub(crate) upstreams: BTreeMap<String, Upstream>,
    #[config(nested, merge_by = name)]
    pub(crate) servers: Vec<Server>,
    #[config(nested, merge = replace)]
    pub(crate) tls: Option<Tls>,
    #[config(nested)]
    pub(crate) store: Option<Store>,
    #[config(nested, default = Mode::Fast)]
    pub(crate) mode: Mode,
    #[config(flatten)]
    pub(crate) log: Log,
    #[config(skip)]
    #[allow(dead_code)]
    pub(crate) started: u8,
}

#[derive(SuperConfig, Debug, Clone)]
pub(crate) struct Pool {
    #[config(default = 10)]
    pub(crate) max: u32,
    #[config(default)]
    pub(crate) idle: bool,
}

#[derive(SuperConfig, Debug, Clone)]
pub(crate) struct Upstream {
    pub(crate) url: String,
    #[config(default = 3)]
    pub(crate) retries: u8,
}

#[derive(SuperConfig, Debug, Clone)]
pub(crate) struct Server {
    pub(crate) name: String,
    #[config(default = 1)]
    pub(crate) weight: u8,
}

#[derive(SuperConfig, Debug, Clone)]
pub(crate) struct Tls {
    pub(crate) cert: PathBuf,
    pub(crate) key: Option<PathBuf>,
}

#[derive(SuperConfig, Debug, Clone)]
#[config(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Store {
    Memory {
        #[config(default = 1)]
        size: u8,
    },
    Disk {
        path: PathBuf,
        #[config(default = 1)]
        size: u8,
    },
}

#[derive(SuperConfig, Debug, Clone)]
#[config(rename_all = "lowercase")]
pub(crate) enum Mode {
    Fast,
    #[config(alias = "careful")]
    Safe,
}

#[derive(SuperConfig, Debug, Clone)]
pub(crate) struct Log {
    #[config(default = "info")]
    pub(crate) level: String,
}

pub(crate) fn half_a_minute() -> Duration {
    Duration::from_secs(30)
}

mod seconds {
    use std::time::Duration;

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Duration, D::Error> {
        <u64 as serde::Deserialize>::deserialize(deserializer).map(Duration::from_secs)
    }
}

pub(crate) const FIRST: &str = "\
port = 8000
plugins = ['http', 'metrics']
api_key = 'canary-1'
timeout = 5
level = 'warn'

[upstreams.billing]
url = 'http://a'
[upstreams.search]
url = 'http://b'
[[servers]]
name = 'a'
[tls]
cert = 'a.pem'
key = 'a.key'
[store]
kind = 'memory'
size = 7
[staging]
port = 1
[production]
port = 443
plugins_add = ['audit']
";

pub(crate) const SECOND: &str = "\
plugins_remove: [metrics]
upstreams_remove: [search]
servers:
  - {name: b}
  - {name: a, weight: 9}
tls: {cert: b.pem}
store:
  kind: disk
  path: /var
mode: careful
";

pub(crate) fn all() -> SuperConfig<Settings> {
    SuperConfig::new()
        .with_named_text("first.toml", Format::Toml, FIRST)
        .with_named_text("second.yaml", Format::Yaml, SECOND)
        .with_env_vars([
            ("ORDERS_PLUGINS_ADD", "cache,http"),
            ("ORDERS_POOL_MAX", "32"),
            ("ORDERS_UPSTREAMS_BILLING_RETRIES", "5"),
            ("ORDERS_SERVERS_1_WEIGHT", "4"),
        ])
        .with_override("pool.idle", true)
        .with_args(["--set", "port=9000"])
        .select_profile("production")
}

pub(crate) fn explained(config: SuperConfig<Settings>, path: &str) -> String {
    let handle = config.build().unwrap_or_else(|error| panic!("{error:#}"));
    handle.explain(path).unwrap_or_else(|error| panic!("{error:#}")).to_string()
}
