//! The files and variables of the workloads.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Toml,
    Json,
    Yaml,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Toml, Self::Json, Self::Yaml];

    /// As files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }

    /// The format with this extension.
    pub fn named(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }
}

/// One job: which files are read over which variables.
#[derive(Debug)]
pub struct Workload {
    /// Its name.
    pub name: &'static str,
    /// The files without their extension, lowest layer first.
    pub files: &'static [&'static str],
    /// Declared defaults, for contenders that are told them when they load.
    pub numbers: &'static [(&'static str, u64)],
    /// The same of another type.
    pub flags: &'static [(&'static str, bool)],
    /// The variables that are settings, with `__` between levels, as contenders without a schema
    /// need it.
    pub variables: &'static [(&'static str, &'static str)],
    /// How many variables there are in all.
    pub all_variables: usize,
}

/// What a contender is given.
#[derive(Debug)]
pub struct Input {
    pub workload: &'static Workload,
    pub format: Format,
    pub files: Vec<PathBuf>,
}

pub const SMALL: Workload = Workload {
    name: "S",
    files: &["config"],
    numbers: &[("database.min_idle", 2), ("database.timeout_ms", 3000)],
    flags: &[],
    variables: &[
        ("APP_SERVER__PORT", "9090"),
        ("APP_DATABASE__URL", "postgres://db.internal:5432/orders_prod"),
        ("APP_LOG_LEVEL", "debug"),
        ("APP_WORKERS", "8"),
        ("APP_DEBUG", "true"),
    ],
    all_variables: 60,
};

pub const MEDIUM: Workload = Workload {
    name: "M",
    files: &["default", "production", "local"],
    numbers: &[("server.timeouts.shutdown_ms", 10_000), ("server.limits.max_header_bytes", 16_384)],
    flags: &[("database.pool.test_on_acquire", true)],
    variables: &[
        ("APP_ENVIRONMENT", "staging"),
        ("APP_WORKERS", "12"),
        ("APP_SERVER__PORT", "9443"),
        ("APP_SERVER__HOST", "10.0.0.7"),
        ("APP_SERVER__TLS__ENABLED", "false"),
        ("APP_SERVER__TLS__CLIENT_AUTH__DEPTH", "4"),
        ("APP_SERVER__LIMITS__RATE__RPS", "750.25"),
        ("APP_DATABASE__URL", "postgres://env-db:5432/orders"),
        ("APP_DATABASE__PASSWORD", "from-env-hunter"),
        ("APP_DATABASE__POOL__MAX", "77"),
        ("APP_REDIS__URL", "redis://env-redis:6379"),
        ("APP_LOGGING__LEVEL", "trace"),
        ("APP_AUTH__JWT__SECRET", "env-jwt-secret"),
        ("APP_AUTH__OAUTH__CLIENT_SECRET", "env-oauth-secret"),
        ("APP_METRICS__ENABLED", "false"),
    ],
    all_variables: 150,
};

pub const LARGE: Workload = Workload {
    name: "L",
    files: &["base", "overlay"],
    numbers: &[],
    flags: &[],
    variables: &[
        ("APP_VERSION", "5"),
        ("APP_DEFAULTS__RETRIES", "7"),
        ("APP_DEFAULTS__LOG", "debug"),
    ],
    all_variables: 60,
};

pub static ALL: [Workload; 3] = [SMALL, MEDIUM, LARGE];

impl Workload {
    /// The workload of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|workload| workload.name == name)
    }

    /// Its files in a folder.
    pub fn input(&'static self, folder: &Path, format: Format) -> Input {
        let path =
            |name: &&str| folder.join(self.name).join(name).with_extension(format.extension());
        Input { workload: self, format, files: self.files.iter().map(path).collect() }
    }

    /// The whole environment of the process: what is everywhere, what others set, and ours between.
    pub fn environment(&self, all: usize) -> Vec<(String, String)> {
        let ours = self.variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let mut ours: Vec<(String, String)> = ours.collect();
        let others = all.saturating_sub(ours.len());
        let every = (others / ours.len().max(1)).max(1);
        let mut variables = Vec::with_capacity(all);
        for index in 0..others {
            variables.push(other(index));
            if index % every == every - 1 && !ours.is_empty() {
                variables.push(ours.remove(0));
            }
        }
        variables.append(&mut ours);
        variables
    }
}

/// A variable that is no setting.
pub(crate) fn other(index: usize) -> (String, String) {
    const USUAL: [(&str, &str); 6] = [
        ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ("HOME", "/var/lib/app"),
        ("LANG", "C.UTF-8"),
        ("TERM", "xterm-256color"),
        ("PWD", "/srv/app"),
        ("HOSTNAME", "orders-7c9f6b5d4-x2lpq"),
    ];
    const NAMES: [&str; 5] = ["KUBERNETES_SERVICE", "SVC", "AWS_SETTING", "APPLE", "XDG_DATA"];
    match USUAL.get(index) {
        Some((name, value)) => ((*name).into(), (*value).into()),
        None if index == USUAL.len() => {
            let colours = (0..90).map(|n| format!("*.e{n}=01;{}:", 30 + n % 8));
            ("LS_COLORS".into(), colours.collect())
        }
        None => {
            let value = if index.is_multiple_of(2) {
                format!("tcp://10.{}.0.1:{}", index % 256, 4000 + index % 1000)
            } else {
                format!("value-{index}-{}", "x".repeat(index % 24))
            };
            (format!("{}_{index:03}", NAMES[index % NAMES.len()]), value)
        }
    }
}

/// Writes the files of all workloads below a folder.
pub fn write(folder: &Path) -> io::Result<()> {
    for (path, text) in FILES {
        put(&folder.join(path), text)?;
    }
    for format in Format::ALL {
        let file = |name| folder.join("L").join(name).with_extension(format.extension());
        put(&file("base"), &base(format))?;
        put(&file("overlay"), overlay(format))?;
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

const FILES: [(&str, &str); 12] = [
    ("S/config.toml", include_str!("../data/small/config.toml")),
    ("S/config.json", include_str!("../data/small/config.json")),
    ("S/config.yaml", include_str!("../data/small/config.yaml")),
    ("M/default.toml", include_str!("../data/medium/default.toml")),
    ("M/default.json", include_str!("../data/medium/default.json")),
    ("M/default.yaml", include_str!("../data/medium/default.yaml")),
    ("M/production.toml", include_str!("../data/medium/production.toml")),
    ("M/production.json", include_str!("../data/medium/production.json")),
    ("M/production.yaml", include_str!("../data/medium/production.yaml")),
    ("M/local.toml", include_str!("../data/medium/local.toml")),
    ("M/local.json", include_str!("../data/medium/local.json")),
    ("M/local.yaml", include_str!("../data/medium/local.yaml")),
];

const ROUTES: usize = 800;
const SERVICES: usize = 200;

/// The lower layer of the large workload.
fn base(format: Format) -> String {
    let mut text = match format {
        Format::Toml => concat!(
            "name = \"gateway\"\nversion = 3\ntags = [\"edge\", \"eu\", \"blue\"]\n",
            "[defaults]\ntimeout_ms = 2000\nretries = 2\nlog = \"info\"\n",
        ),
        Format::Json => concat!(
            "{\n  \"name\": \"gateway\",\n  \"version\": 3,\n  \"tags\": [\"edge\", \"eu\", \"blue\"],\n",
            "  \"defaults\": {\n    \"timeout_ms\": 2000,\n    \"retries\": 2,\n    \"log\": \"info\"\n  },\n",
            "  \"routes\": [\n",
        ),
        Format::Yaml => concat!(
            "name: gateway\nversion: 3\ntags:\n- edge\n- eu\n- blue\n",
            "defaults:\n  timeout_ms: 2000\n  retries: 2\n  log: info\nroutes:\n",
        ),
    }
    .to_owned();
    for n in 0..ROUTES {
        let (version, method) = (n % 4 + 1, ["GET", "POST", "PUT", "DELETE"][n % 4]);
        let (timeout, comma) = (500 + n * 100 % 5000, if n + 1 < ROUTES { "," } else { "" });
        let path = format!("/api/v{version}/resource{n}/{{id}}");
        let handler = format!("handlers::resource{n}::dispatch");
        let _ = match format {
            Format::Toml => writeln!(
                text,
                "[[routes]]\npath = \"{path}\"\nmethod = \"{method}\"\nhandler = \"{handler}\"\n\
                 timeout_ms = {timeout}\n"
            ),
            Format::Json => writeln!(
                text,
                "    {{\n      \"path\": \"{path}\",\n      \"method\": \"{method}\",\n      \
                 \"handler\": \"{handler}\",\n      \"timeout_ms\": {timeout}\n    }}{comma}"
            ),
            Format::Yaml => writeln!(
                text,
                "- path: {path}\n  method: {method}\n  handler: {handler}\n  timeout_ms: {timeout}"
            ),
        };
    }
    text.push_str(match format {
        Format::Toml => "",
        Format::Json => "  ],\n  \"services\": {\n",
        Format::Yaml => "services:\n",
    });
    for n in 0..SERVICES {
        let (url, weight) = (format!("http://service-{n}.mesh.local:{}", 8000 + n), n % 100);
        let (enabled, comma) = (n % 3 != 0, if n + 1 < SERVICES { "," } else { "" });
        let _ = match format {
            Format::Toml => writeln!(
                text,
                "[services.service_{n:03}]\nurl = \"{url}\"\nweight = {weight}\nenabled = {enabled}"
            ),
            Format::Json => writeln!(
                text,
                "    \"service_{n:03}\": {{\n      \"url\": \"{url}\",\n      \"weight\": {weight},\n      \
                 \"enabled\": {enabled}\n    }}{comma}"
            ),
            Format::Yaml => writeln!(
                text,
                "  service_{n:03}:\n    url: {url}\n    weight: {weight}\n    enabled: {enabled}"
            ),
        };
    }
    if format == Format::Json {
        text.push_str("  }\n}\n");
    }
    text
}

fn overlay(format: Format) -> &'static str {
    match format {
        Format::Toml => concat!(
            "version = 4\ntags = [\"edge\", \"us\"]\nname = \"gateway-prod\"\n",
            "[defaults]\ntimeout_ms = 2500\n",
        ),
        Format::Json => concat!(
            "{\n  \"version\": 4,\n  \"tags\": [\"edge\", \"us\"],\n",
            "  \"defaults\": { \"timeout_ms\": 2500 },\n  \"name\": \"gateway-prod\"\n}\n",
        ),
        Format::Yaml => concat!(
            "version: 4\ntags:\n- edge\n- us\ndefaults:\n  timeout_ms: 2500\n",
            "name: gateway-prod\n",
        ),
    }
}
