//! The steps of a loading as events of `tracing`, heard by a subscriber that collects them.
#![allow(missing_docs)]

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use superconfig::{Format, SecretString, SuperConfig};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

#[derive(SuperConfig)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 8080)]
    #[allow(dead_code)]
    port: u16,
    #[config(secret, default = "none")]
    #[allow(dead_code)]
    key: SecretString,
}

/// Writes down what it hears, one line each.
#[derive(Clone)]
struct Collector {
    level: Level,
    heard: Arc<Mutex<Vec<String>>>,
    spans: Arc<AtomicU64>,
}

impl Collector {
    fn new(level: Level) -> Self {
        Self { level, heard: Arc::default(), spans: Arc::default() }
    }

    fn write(&self, what: &str, metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
        let mut line = Line(format!("{what} {} {}", metadata.level(), metadata.target()));
        record(&mut line);
        self.heard.lock().expect("nobody panicked").push(line.0);
    }

    fn heard(self) -> Vec<String> {
        self.heard.lock().expect("nobody panicked").clone()
    }
}

/// The fields of a span or an event.
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(span.metadata().name(), span.metadata(), |line| span.record(line));
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write("event", event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Repeats the secret, as a careless validation does.
fn apart(login: &Login) -> Result<(), String> {
    Err(format!("{} is also the user", login.password))
}

#[derive(SuperConfig)]
#[config(validate = apart)]
struct Login {
    #[config(secret)]
    password: String,
}

fn load(text: &str, key: &str) -> bool {
    SuperConfig::<Settings>::new()
        .with_named_text("app.toml", Format::Toml, text)
        .with_env_vars([("APP_KEY", key)])
        .extract()
        .is_ok()
}

fn heard(level: Level, text: &str) -> (bool, Vec<String>) {
    let collector = Collector::new(level);
    let loaded = tracing::subscriber::with_default(collector.clone(), || load(text, "hunter2"));
    (loaded, collector.heard())
}

// One test, because callsites are known to the whole process.
#[test]
fn the_steps_are_events_in_a_span_and_hold_no_secret() {
    let (loaded, info) = heard(Level::INFO, "port = 80\nkey = 'hunter1'");
    assert!(loaded);
    assert_eq!(
        info,
        [
            "load INFO superconfig config=\"Settings\"",
            "event INFO superconfig message=2 settings (TOML, 25 bytes) step=1 source=\"app.toml\" success=true",
            "event INFO superconfig message=1 setting step=2 source=\"the environment\" success=true",
            "event INFO superconfig message=loaded, 2 settings given in 2 steps step=0 source=\"Settings\" success=true",
        ]
    );

    let (_, trace) = heard(Level::TRACE, "port = 80\nkey = 'hunter1'");
    let gives = |line: &&String| line.contains("TRACE superconfig message=gives");
    assert_eq!(trace.iter().filter(gives).count(), 3, "{trace:#?}");

    let (loaded, failed) = heard(Level::TRACE, "port = 'x'\nkey = 'hunter1");
    assert!(!loaded);
    assert!(failed.iter().any(|line| line.contains("error SC0")), "{failed:#?}");
    assert!(failed.iter().any(|line| line.contains("success=false")), "{failed:#?}");

    let collector = Collector::new(Level::TRACE);
    let refused = || SuperConfig::<Login>::new().with_override("password", "hunter2").extract();
    assert!(tracing::subscriber::with_default(collector.clone(), refused).is_err());
    let refused = collector.heard();
    assert!(
        refused.iter().any(|line| line.contains("[redacted] is also the user")),
        "{refused:#?}"
    );

    let (_, none) = heard(Level::ERROR, "port = 80");
    assert_eq!(none, [""; 0]);
    for line in info.iter().chain(&trace).chain(&failed).chain(&refused) {
        assert!(!line.contains("hunter"), "{line}");
    }
}
