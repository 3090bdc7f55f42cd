//! What the service can be told: some 80 settings in four levels, as a real service has them.
//!
//! Each can be set in a file and by a variable: `server.tls.client_auth.depth` is
//! `ORDERS_SERVER_TLS_CLIENT_AUTH_DEPTH`. The example reads a few of them, which is why the others
//! need the `allow` below.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::num::NonZeroU16;
use std::path::PathBuf;

use superconfig::{SecretString, SuperConfig};

/// The whole configuration.
#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS", profiles("development", "production"), deny_unknown, validate = consistent)]
pub(crate) struct Settings {
    #[config(nested)]
    pub(crate) app: App,
    #[config(nested)]
    pub(crate) server: Server,
    #[config(nested)]
    pub(crate) database: Database,
    #[config(nested)]
    pub(crate) redis: Redis,
    #[config(nested)]
    pub(crate) logging: Logging,
    #[config(nested)]
    pub(crate) auth: Auth,
    #[config(nested)]
    pub(crate) metrics: Metrics,
    /// Other services, by name.
    #[config(nested)]
    pub(crate) http_clients: BTreeMap<String, HttpClient>,
}

/// What this instance is.
#[derive(SuperConfig)]
pub(crate) struct App {
    #[config(default = "orders")]
    pub(crate) name: String,
    #[config(default = false)]
    pub(crate) debug: bool,
    /// Distinguishes this instance in logs.
    #[config(default = 0)]
    pub(crate) instance_id: u64,
    /// Threads that answer requests.
    #[config(default = "4")]
    pub(crate) workers: NonZeroU16,
    /// Switched on features; `features_add` and `features_remove` change the list.
    #[config(default)]
    pub(crate) features: Vec<String>,
}

/// Where and how the service listens.
#[derive(SuperConfig)]
pub(crate) struct Server {
    #[config(default = "127.0.0.1")]
    pub(crate) host: IpAddr,
    #[config(default = 8080, env = "PORT")]
    pub(crate) port: u16,
    #[config(default = "/")]
    pub(crate) base_path: String,
    #[config(default = 75)]
    pub(crate) keep_alive_secs: u32,
    #[config(nested)]
    pub(crate) tls: Tls,
    #[config(nested)]
    pub(crate) timeouts: Timeouts,
    #[config(nested)]
    pub(crate) limits: Limits,
    #[config(nested)]
    pub(crate) cors: Cors,
}

#[derive(SuperConfig)]
pub(crate) struct Tls {
    #[config(default = false)]
    pub(crate) enabled: bool,
    pub(crate) cert_path: Option<PathBuf>,
    pub(crate) key_path: Option<PathBuf>,
    #[config(default = "1.2")]
    pub(crate) min_version: String,
    #[config(default)]
    pub(crate) ciphers: Vec<String>,
    #[config(nested)]
    pub(crate) client_auth: ClientAuth,
}

#[derive(SuperConfig)]
pub(crate) struct ClientAuth {
    #[config(default = false)]
    pub(crate) required: bool,
    pub(crate) ca_path: Option<PathBuf>,
    #[config(default = 2)]
    pub(crate) depth: u8,
}

#[derive(SuperConfig)]
#[allow(clippy::struct_field_names)] // keys say their unit
pub(crate) struct Timeouts {
    #[config(default = 5_000)]
    pub(crate) read_ms: u64,
    #[config(default = 5_000)]
    pub(crate) write_ms: u64,
    #[config(default = 60_000)]
    pub(crate) idle_ms: u64,
    pub(crate) shutdown_ms: Option<u64>,
}

#[derive(SuperConfig)]
pub(crate) struct Limits {
    #[config(default = 1_024)]
    pub(crate) max_connections: u32,
    #[config(default = 1_048_576)]
    pub(crate) max_body_bytes: u64,
    #[config(nested)]
    pub(crate) rate: Rate,
}

#[derive(SuperConfig)]
pub(crate) struct Rate {
    #[config(default = true)]
    pub(crate) enabled: bool,
    #[config(default = 100.0)]
    pub(crate) rps: f64,
    #[config(default = 200)]
    pub(crate) burst: u32,
}

#[derive(SuperConfig)]
pub(crate) struct Cors {
    #[config(default = false)]
    pub(crate) enabled: bool,
    #[config(default)]
    pub(crate) origins: Vec<String>,
    #[config(default = ["GET", "POST"])]
    pub(crate) methods: Vec<String>,
    #[config(default = 600)]
    pub(crate) max_age: u32,
}

#[derive(SuperConfig)]
pub(crate) struct Database {
    pub(crate) url: String,
    #[config(default = "orders")]
    pub(crate) username: String,
    /// Also read from the file that `ORDERS_DATABASE_PASSWORD_FILE` names.
    #[config(secret)]
    pub(crate) password: SecretString,
    #[config(default = "public")]
    pub(crate) schema: String,
    #[config(nested, default = "prefer")]
    pub(crate) ssl_mode: SslMode,
    #[config(default = 256)]
    pub(crate) statement_cache: u32,
    #[config(default = false)]
    pub(crate) log_statements: bool,
    #[config(default)]
    pub(crate) replicas: Vec<String>,
    #[config(nested)]
    pub(crate) pool: Pool,
    #[config(nested)]
    pub(crate) retry: Retry,
}

#[derive(SuperConfig)]
#[config(validate = pool_sizes)]
pub(crate) struct Pool {
    #[config(default = 2)]
    pub(crate) min: u32,
    #[config(default = 20)]
    pub(crate) max: u32,
    #[config(default = 3_000)]
    pub(crate) acquire_timeout_ms: u64,
    #[config(default = 600_000)]
    pub(crate) idle_timeout_ms: u64,
    #[config(default = 1_800_000)]
    pub(crate) max_lifetime_ms: u64,
}

#[derive(SuperConfig)]
pub(crate) struct Retry {
    #[config(default = 5)]
    pub(crate) attempts: u8,
    #[config(default = 50)]
    pub(crate) base_ms: u64,
    #[config(default = 2_000)]
    pub(crate) max_ms: u64,
    #[config(default = 0.25)]
    pub(crate) jitter: f32,
}

#[derive(SuperConfig)]
pub(crate) struct Redis {
    #[config(default = "redis://localhost:6379")]
    pub(crate) url: String,
    #[config(default = 0)]
    pub(crate) db: u8,
    #[config(default = 16)]
    pub(crate) pool_size: u32,
    #[config(default = "orders:")]
    pub(crate) prefix: String,
    #[config(default = 3_600)]
    pub(crate) ttl_secs: u64,
    #[config(nested)]
    pub(crate) sentinel: Option<Sentinel>,
}

/// There is one where any of these is set.
#[derive(SuperConfig)]
pub(crate) struct Sentinel {
    pub(crate) master: String,
    pub(crate) nodes: Vec<String>,
}

#[derive(SuperConfig)]
pub(crate) struct Logging {
    #[config(nested, default = "info")]
    pub(crate) level: Level,
    #[config(nested, default = "pretty")]
    pub(crate) format: LogFormat,
    #[config(default = false)]
    pub(crate) ansi: bool,
    /// Levels of single targets.
    #[config(default)]
    pub(crate) targets: BTreeMap<String, String>,
    #[config(nested)]
    pub(crate) file: Option<LogFile>,
}

#[derive(SuperConfig)]
pub(crate) struct LogFile {
    pub(crate) path: PathBuf,
    #[config(nested, default = "daily")]
    pub(crate) rotate: Rotation,
    #[config(default = 100)]
    pub(crate) max_size_mb: u32,
    #[config(default = 7)]
    pub(crate) keep: u16,
}

#[derive(SuperConfig)]
pub(crate) struct Auth {
    #[config(nested)]
    pub(crate) jwt: Jwt,
    #[config(nested)]
    pub(crate) session: Session,
    #[config(nested)]
    pub(crate) oauth: Oauth,
}

#[derive(SuperConfig)]
pub(crate) struct Jwt {
    pub(crate) issuer: String,
    pub(crate) audience: String,
    #[config(secret)]
    pub(crate) secret: SecretString,
    #[config(default = 900)]
    pub(crate) ttl_secs: u64,
    #[config(default = 30)]
    pub(crate) leeway_secs: u64,
    #[config(default = ["RS256"])]
    pub(crate) algorithms: Vec<String>,
}

#[derive(SuperConfig)]
pub(crate) struct Session {
    #[config(default = "sid")]
    pub(crate) cookie: String,
    #[config(default = true)]
    pub(crate) secure: bool,
    #[config(nested, default = "lax")]
    pub(crate) same_site: SameSite,
    #[config(default = 86_400)]
    pub(crate) max_age_secs: u64,
}

#[derive(SuperConfig)]
pub(crate) struct Oauth {
    pub(crate) client_id: String,
    #[config(secret)]
    pub(crate) client_secret: SecretString,
    pub(crate) redirect_url: String,
    #[config(default = ["openid"])]
    pub(crate) scopes: Vec<String>,
}

#[derive(SuperConfig)]
pub(crate) struct Metrics {
    #[config(default = true)]
    pub(crate) enabled: bool,
    #[config(default = "/metrics")]
    pub(crate) path: String,
    #[config(default = 9_100)]
    pub(crate) port: u16,
    #[config(default = [0.005, 0.01, 0.05, 0.1, 0.5, 1.0])]
    pub(crate) buckets: Vec<f64>,
}

#[derive(SuperConfig)]
pub(crate) struct HttpClient {
    pub(crate) base_url: String,
    #[config(default = 1_000)]
    pub(crate) timeout_ms: u64,
    #[config(default = 0)]
    pub(crate) retries: u8,
    #[config(default = true)]
    pub(crate) enabled: bool,
    #[config(default)]
    pub(crate) headers: BTreeMap<String, String>,
}

/// How the database is spoken to.
#[derive(SuperConfig, Debug, Clone, Copy, PartialEq, Eq)]
#[config(rename_all = "kebab-case")]
pub(crate) enum SslMode {
    Disable,
    Prefer,
    Require,
    VerifyFull,
}

/// What is logged.
#[derive(SuperConfig, Debug, Clone, Copy, PartialEq, Eq)]
#[config(rename_all = "lowercase")]
pub(crate) enum Level {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// How it is logged.
#[derive(SuperConfig, Debug, Clone, Copy, PartialEq, Eq)]
#[config(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Pretty,
    Json,
}

/// When a new file begins.
#[derive(SuperConfig, Debug, Clone, Copy, PartialEq, Eq)]
#[config(rename_all = "lowercase")]
pub(crate) enum Rotation {
    Never,
    Hourly,
    Daily,
}

/// Where a browser sends the cookie along.
#[derive(SuperConfig, Debug, Clone, Copy, PartialEq, Eq)]
#[config(rename_all = "lowercase")]
pub(crate) enum SameSite {
    Strict,
    Lax,
    None,
}

fn pool_sizes(pool: &Pool) -> Result<(), String> {
    if pool.min <= pool.max {
        Ok(())
    } else {
        Err(format!("`min` is {} and `max` only {}", pool.min, pool.max))
    }
}

fn consistent(settings: &Settings) -> Result<(), &'static str> {
    let tls = &settings.server.tls;
    if tls.enabled && (tls.cert_path.is_none() || tls.key_path.is_none()) {
        return Err("`server.tls.enabled` needs `server.tls.cert_path` and `server.tls.key_path`");
    }
    Ok(())
}
