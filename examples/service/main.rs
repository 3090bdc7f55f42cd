//! A small HTTP service that lives from a configuration of some 80 settings.
//!
//! * `cargo run --example service` serves `/health` and `/config` until it is ended. Whatever changes
//!   in `config.toml` meanwhile is served from then on, and `/health` says what is wrong with it.
//! * `… -- --check` loads the configuration, says what it is, and ends.
//! * `… -- --once` asks itself for both pages and ends.
//! * `… -- --play` changes, breaks and mends a copy of its file while it serves (`play.rs`).
//! * `ORDERS_PROFILE=production` adds `config.production.toml`; `--set path=value` sets one value.

mod play;
mod settings;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use settings::Settings;
use superconfig::{ConfigError, ConfigHandle, SuperConfig, WatchOptions};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    if has("--play") {
        return exit(play::play());
    }
    let settings = match load(Path::new(DIRECTORY), &arguments) {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::from(2);
        }
    };
    settings.print_warnings();
    if has("--check") {
        println!("{:#}", summary(&settings.get()));
        return ExitCode::SUCCESS;
    }
    exit(run(&settings, has("--once")))
}

/// Where the example's own files are.
const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/service");

fn exit(result: Result<(), Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The file, its sibling for the profile, the environment, and the arguments.
fn load(directory: &Path, arguments: &[String]) -> Result<ConfigHandle<Settings>, ConfigError> {
    SuperConfig::<Settings>::new()
        .with_directory(directory)
        .with_file("config.toml")
        .with_env(None)
        .with_args(arguments)
        .select_profile_from("ORDERS_PROFILE")
        // The secrets in its file are made up, and everyone may read them.
        .suppress_warnings(["SC0407"])
        .build()
}

/// What may be shown of the configuration. Secrets are left out: `SecretString` does not even
/// implement `Serialize`.
fn summary(settings: &Settings) -> serde_json::Value {
    let Settings { app, server, database, redis, logging, auth, metrics, http_clients } = settings;
    serde_json::json!({
        "app": {
            "name": app.name,
            "features": app.features,
            "workers": app.workers,
        },
        "server": {
            "host": server.host,
            "port": server.port,
            "base_path": server.base_path,
            "tls": server.tls.enabled.then_some(&server.tls.min_version),
            "max_connections": server.limits.max_connections,
            "requests_per_second": server.limits.rate.rps,
            "origins": server.cors.origins,
        },
        "database": {
            "url": database.url,
            "password": format!("{:?}", database.password),
            "ssl_mode": format!("{:?}", database.ssl_mode),
            "pool": [database.pool.min, database.pool.max],
            "replicas": database.replicas.len(),
        },
        "redis": {
            "url": redis.url,
            "sentinel": redis.sentinel.as_ref().map(|sentinel| &sentinel.nodes),
        },
        "logging": {
            "level": format!("{:?}", logging.level),
            "format": format!("{:?}", logging.format),
            "targets": logging.targets,
            "file": logging.file.as_ref().map(|file| &file.path),
        },
        "auth": {
            "issuer": auth.jwt.issuer,
            "algorithms": auth.jwt.algorithms,
            "cookie": auth.session.cookie,
            "scopes": auth.oauth.scopes,
        },
        "metrics": metrics.enabled.then_some(&metrics.path),
        "http_clients": http_clients
            .iter()
            .map(|(name, client)| (name, &client.base_url))
            .collect::<BTreeMap<_, _>>(),
    })
}

/// Serves until the process is ended, or, with `once`, until it has asked itself for each page.
#[tokio::main(flavor = "current_thread")]
async fn run(settings: &ConfigHandle<Settings>, once: bool) -> Result<(), Box<dyn Error>> {
    let address = {
        let now = settings.get();
        // Port 0 is any that is free, so that two of these can run at once.
        SocketAddr::new(now.server.host, if once { 0 } else { now.server.port })
    };
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    println!("listening on http://{address}");
    // Files are watched for as long as this is there.
    let _watch = settings.watch(WatchOptions::default())?;
    settings.on_change("**", |change| println!("{change}"));
    settings.on_error(|error| eprintln!("the configuration stays as it is: {error}"));
    let server = tokio::spawn(serve(listener, settings.clone()));
    if once {
        println!("{}", ask(address, "/health").await?);
        println!("{}", ask(address, "/config").await?);
        server.abort();
        return Ok(());
    }
    Ok(server.await??)
}

async fn serve(listener: TcpListener, settings: ConfigHandle<Settings>) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let settings = settings.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let answer = answer(&request, &settings);
                async { Ok::<_, Infallible>(answer) }
            });
            if let Err(error) =
                http1::Builder::new().serve_connection(TokioIo::new(stream), service).await
            {
                eprintln!("{error}");
            }
        });
    }
}

fn answer(request: &Request<Incoming>, settings: &ConfigHandle<Settings>) -> Response<Full<Bytes>> {
    let (status, body) = match request.uri().path() {
        "/health" => (StatusCode::OK, health(settings)),
        // One request sees one configuration, whatever is loaded meanwhile.
        "/config" => (StatusCode::OK, summary(&settings.get()).to_string()),
        _ => (StatusCode::NOT_FOUND, "there are /health and /config".to_owned()),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    response
}

/// A service with a broken file is well: it goes on with what was good. But somebody should know.
fn health(settings: &ConfigHandle<Settings>) -> String {
    match settings.last_reload_error() {
        None => "ok".to_owned(),
        Some(error) => format!("ok, but the configuration could not be loaded again:\n{error}"),
    }
}

/// The body of a page.
async fn ask(address: SocketAddr, path: &str) -> Result<String, Box<dyn Error>> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (_, body) = answer.split_once("\r\n\r\n").ok_or("the answer has no body")?;
    Ok(body.to_owned())
}
