//! One round of a configuration's life, all parts of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use superconfig::{ConfigHandle, ConfigRegistry, Format, Reader, SuperConfig};
use tempfile::TempDir;

#[derive(SuperConfig, Clone)]
#[config(env_prefix = "SOAK", profiles("production"))]
struct Settings {
    /// Always twice `half`, in every file, so that a mixture would be seen.
    whole: u64,
    half: u64,
    #[config(default = ["core"])]
    plugins: Vec<String>,
    #[config(nested)]
    database: Database,
    #[config(default = 1, restart_required)]
    shards: u32,
}

#[derive(SuperConfig, Clone)]
struct Database {
    #[config(default = "postgres://localhost/soak")]
    url: String,
    #[config(default = 8)]
    pool: u32,
}

impl Settings {
    fn check(&self) {
        assert_eq!(self.whole, self.half * 2, "a mixture of two versions");
    }
}

/// What all threads work on.
pub(crate) struct Shared {
    registry: ConfigRegistry,
    /// The clock of the leases, in seconds.
    now: Arc<AtomicU64>,
    directory: TempDir,
}

impl Shared {
    pub(crate) fn new() -> std::io::Result<Self> {
        let directory = tempfile::tempdir()?;
        std::fs::write(directory.path().join("shared.toml"), SHARED)?;
        let now = Arc::new(AtomicU64::new(0));
        let clock = Arc::clone(&now);
        let registry =
            ConfigRegistry::with_clock(move || Duration::from_secs(clock.load(Ordering::Relaxed)));
        let shared = Self { registry, now, directory };
        shared.fill();
        Ok(shared)
    }

    /// Lets more leases expire than the registry remembers, so that this memory, which is bounded, is
    /// full before anything is measured.
    fn fill(&self) {
        for half in 0..5_000 {
            let value = Settings {
                whole: half * 2,
                half,
                plugins: Vec::new(),
                database: Database { url: String::new(), pool: 1 },
                shards: 1,
            };
            let handle = self.registry.insert(value).expect("valid");
            self.registry.lease(handle.id()).expect("it is held");
        }
        self.settle();
    }

    /// Reads what is installed, if anything is yet.
    pub(crate) fn read(&self) {
        if let Some(settings) = Settings::try_current() {
            settings.check();
        }
        if let Some(mut reader) = Reader::<Settings>::try_current() {
            reader.get().check();
        }
        self.registry.stats();
    }

    /// Ends what may stay between rounds.
    pub(crate) fn settle(&self) {
        self.now.fetch_add(100_000, Ordering::Relaxed);
        self.registry.sweep();
        self.registry.clear_cache();
    }
}

const SHARED: &str = "\
plugins = ['core', 'http', 'auth']\n\
[database]\n\
url = 'postgres://db.example/soak'\n\
[production]\n\
database.pool = 64\n";

/// One thread that does rounds, with a directory of its own.
pub(crate) struct Worker<'s> {
    shared: &'s Shared,
    directory: PathBuf,
    number: u64,
    round: u64,
}

impl<'s> Worker<'s> {
    pub(crate) fn new(number: u64, shared: &'s Shared) -> std::io::Result<Self> {
        let directory = shared.directory.path().join(number.to_string());
        std::fs::create_dir(&directory)?;
        Ok(Self { shared, directory, number, round: 0 })
    }

    /// Builds, reloads, asks, leases and drops. Whatever does not do as it should ends the program.
    pub(crate) fn round(&mut self) {
        self.round += 1;
        let file = self.directory.join("app.toml");
        self.write(1);
        let handle = self.build(&self.shared.registry);
        let told = Arc::new(AtomicU64::new(0));
        let (changes, errors) = (Arc::clone(&told), Arc::clone(&told));
        handle.on_change("**", move |change| {
            change.get().check();
            changes.fetch_add(1, Ordering::Relaxed);
        });
        let until_dropped = handle.on_error(move |_| {
            errors.fetch_add(100, Ordering::Relaxed);
        });
        let mut stream = handle.changes();
        for step in 2..5 {
            self.write(step);
            handle.reload().expect("a good file").expect("another content");
            handle.get().check();
        }
        std::fs::write(&file, "whole = 'none'\n[database\n").expect("ours");
        handle.reload().expect_err("a broken file");
        assert!(handle.last_reload_error().is_some_and(|error| !error.render().is_empty()));
        self.write(5);
        handle.reload().expect("a good file").expect("another content");
        assert_eq!(told.load(Ordering::Relaxed), 104);
        assert!(stream.try_next().is_some_and(|change| !change.changed().is_empty()));
        until_dropped.cancel();
        Self::ask(&handle);
        self.lease(&handle);
        if self.number == 0 {
            handle.install().expect("a place");
        }
        if self.round.is_multiple_of(16) {
            self.elsewhere();
        }
    }

    /// Rewrites the file of this worker, every other time as editors do: by a new one.
    fn write(&self, step: u64) {
        let half = self.round * 10 + step;
        let text = format!("half = {half}\nwhole = {}\nshards = {step}\n", half * 2);
        let file = self.directory.join("app.toml");
        if step.is_multiple_of(2) {
            let new = self.directory.join("new");
            std::fs::write(&new, text).expect("ours");
            std::fs::rename(new, file).expect("ours");
        } else {
            std::fs::write(file, text).expect("ours");
        }
    }

    fn build(&self, registry: &ConfigRegistry) -> ConfigHandle<Settings> {
        let handle = SuperConfig::<Settings>::new()
            .with_file(self.shared.directory.path().join("shared.toml"))
            .with_file(self.directory.join("app.toml"))
            .with_text(Format::Json, "{\"plugins_add\": [\"trace\"]}")
            .with_env(None)
            .with_env_vars([("SOAK_DATABASE_POOL", "16"), ("SOAK_UNKNOWN", "1")])
            .select_profile("production")
            .build_in(registry)
            .expect("good files");
        handle.get().check();
        assert_eq!(handle.get().database.pool, 16);
        handle
    }

    /// All that can be asked about a configuration.
    fn ask(handle: &ConfigHandle<Settings>) {
        assert!(handle.origin("whole").is_some());
        handle.explain("plugins").expect("there is such a setting");
        assert!(!handle.report().to_string().is_empty());
        assert_eq!(handle.warnings().len(), 1);
        assert_eq!(handle.pending().len(), 1);
        assert!(!handle.debug_messages().is_empty());
        assert_eq!(handle.metrics().sources.len(), 4);
    }

    /// Keeps it by its id alone, until that is over.
    fn lease(&self, handle: &ConfigHandle<Settings>) {
        let Shared { registry, now, .. } = self.shared;
        let id = handle.id();
        let copy = registry.insert(Settings::clone(&handle.get())).expect("valid");
        let leased = copy.id();
        registry.lease(leased).expect("it is there");
        drop(copy);
        // The other worker may have moved the clock on and swept.
        if registry.read(leased).is_ok() {
            let _ = registry.update(leased, Settings::clone);
        }
        now.fetch_add(10_000, Ordering::Relaxed);
        registry.sweep();
        registry.update(id, Settings::clone).expect("it is held");
        registry.read(id).expect("it is held").check();
    }

    /// A registry that comes and goes, with the thread that its leases need.
    fn elsewhere(&self) {
        let registry = ConfigRegistry::new();
        let handle = self.build(&registry);
        registry.lease(handle.id()).expect("it is there");
        handle.reload().expect("a good file");
    }
}
