//! Watching, on a real file system. Each test waits for what has to come, however long it takes, and
//! fails only where it never comes.

mod lives;
mod places;
mod saves;
mod storm;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use superconfig::{ConfigHandle, SecretString, SuperConfig, Watch, WatchOptions};
use tempfile::TempDir;

/// Two settings that belong together: whoever sees one of them changed and not the other sees a
/// configuration that nobody wrote.
#[derive(SuperConfig)]
#[config(app = "orders", env_prefix = "ORDERS", profiles("production"), validate = equal)]
pub(crate) struct Settings {
    pub(crate) a: u32,
    pub(crate) b: u32,
    #[config(default = "nobody")]
    pub(crate) name: String,
    #[config(secret)]
    pub(crate) key: Option<SecretString>,
}

/// A number that the validation panics at.
pub(crate) const UNLUCKY: u32 = 1_000_013;

fn equal(settings: &Settings) -> Result<(), &'static str> {
    // A panic of the program's own, for the tests of those.
    assert_ne!(settings.a, UNLUCKY, "I do not count so far");
    if settings.a == settings.b { Ok(()) } else { Err("`a` and `b` differ") }
}

/// What both are set to.
pub(crate) fn both(number: u32) -> String {
    format!("a = {number}\nb = {number}\n")
}

pub(crate) const MS: Duration = Duration::from_millis(1);

/// Waits until something is so.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < end, "still not: {what}");
        sleep(2 * MS);
    }
}

/// A directory of its own.
pub(crate) struct Room(TempDir);

impl Room {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }

    /// With `config.toml`, which sets both to this.
    pub(crate) fn with(number: u32) -> Self {
        let room = Self::new();
        room.write("config.toml", &both(number));
        room
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.at(name), text).expect("written");
    }

    pub(crate) fn make(&self, directory: &str) {
        fs::create_dir_all(self.at(directory)).expect("made");
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.at(from), self.at(to)).expect("renamed");
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.at(name)).expect("removed");
    }

    /// A builder that sees this directory and nothing of the process.
    pub(crate) fn builder(&self) -> SuperConfig<Settings> {
        SuperConfig::new()
            .with_directory(self.path())
            .with_root(self.path())
            .with_env_vars([("HOME", "/nowhere")])
    }

    /// `config.toml`, watched.
    pub(crate) fn watched(&self) -> Watched {
        Watched::new(self.builder().with_file("config.toml"))
    }
}

/// A configuration that is watched, and what was told of it.
pub(crate) struct Watched {
    pub(crate) settings: ConfigHandle<Settings>,
    pub(crate) watch: Watch,
    pub(crate) changes: Arc<AtomicUsize>,
    pub(crate) errors: Arc<Mutex<Vec<String>>>,
}

impl Watched {
    pub(crate) fn new(builder: SuperConfig<Settings>) -> Self {
        Self::with(builder, WatchOptions::default())
    }

    pub(crate) fn with(builder: SuperConfig<Settings>, options: WatchOptions) -> Self {
        let settings = builder.build().expect("it loads");
        let changes = Arc::new(AtomicUsize::new(0));
        let errors = Arc::new(Mutex::new(Vec::new()));
        let count = Arc::clone(&changes);
        settings.on_change("**", move |_| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        let list = Arc::clone(&errors);
        settings.on_error(move |error| list.lock().expect("unbroken").push(error.to_string()));
        let watch = settings.watch(options).expect("it starts");
        Self { settings, watch, changes, errors }
    }

    pub(crate) fn number(&self) -> u32 {
        let now = self.settings.get();
        assert_eq!(now.a, now.b);
        now.a
    }

    pub(crate) fn becomes(&self, number: u32) {
        until(&format!("{number}"), || self.number() == number);
    }

    pub(crate) fn changes(&self) -> usize {
        self.changes.load(Ordering::SeqCst)
    }

    pub(crate) fn errors(&self) -> Vec<String> {
        self.errors.lock().expect("unbroken").clone()
    }
}
