//! A configuration and a system that tests are in command of.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::backend::{Backend, Backends, Refusal};
use super::engine::{Engine, Living, Reloaded, Wait};
use super::inbox::{Inbox, Letters};
use super::looked::Looked;
use super::options::{Health, WatchOptions};
use crate::reload::Settled;

pub(super) const MS: Duration = Duration::from_millis(1);

/// What happened, and what is to happen.
#[derive(Debug, Default)]
pub(super) struct Script {
    pub(super) places: Vec<PathBuf>,
    pub(super) directories: Vec<PathBuf>,
    /// Whether nobody has the configuration any more.
    pub(super) gone: bool,
    /// How often it was read.
    pub(super) reloads: usize,
    /// Whether what is read is wrong.
    pub(super) bad: bool,
    /// What happens while it is read.
    pub(super) meanwhile: Option<fn(&Path)>,
    pub(super) panics: bool,
    pub(super) told: Vec<Health>,
    /// Why no backend starts.
    pub(super) no_backend: Option<&'static str>,
    /// Directories that are refused.
    pub(super) refused: BTreeSet<PathBuf>,
    pub(super) watched: BTreeSet<PathBuf>,
    pub(super) backends: u64,
}

/// A handle on both.
#[derive(Debug, Clone, Default)]
pub(super) struct World(Arc<Mutex<Script>>);

impl World {
    pub(super) fn script<R>(&self, with: impl FnOnce(&mut Script) -> R) -> R {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn reloads(&self) -> usize {
        self.script(|script| script.reloads)
    }

    pub(super) fn engine(&self, inbox: Arc<Inbox>, options: WatchOptions, now: Instant) -> Engine {
        Engine::new(Box::new(self.clone()), Box::new(self.clone()), inbox, options, now)
    }
}

impl Living for World {
    fn looked(&self) -> Option<Looked> {
        self.script(|script| {
            let looked = Looked::new(script.places.clone(), script.directories.clone());
            (!script.gone).then_some(looked)
        })
    }

    fn reload(&self, settled: &Settled<'_>) -> Reloaded {
        let (meanwhile, place, bad) = self.script(|script| {
            script.reloads += 1;
            assert!(!script.panics, "told to");
            (script.meanwhile, script.places.first().cloned(), script.bad)
        });
        if let (Some(happens), Some(place)) = (meanwhile, place) {
            happens(&place);
        }
        match (settled(false), bad) {
            (false, _) => Reloaded::Unsettled,
            (true, true) => Reloaded::Bad,
            (true, false) => Reloaded::Good,
        }
    }

    fn tell(&self, health: &Health) {
        self.script(|script| script.told.push(health.clone()));
    }
}

impl Backends for World {
    fn start(&self, _: &Arc<Inbox>, number: u64) -> Result<Box<dyn Backend>, String> {
        self.script(|script| {
            script.backends = number;
            script.watched.clear();
            match script.no_backend {
                Some(why) => Err(why.to_owned()),
                None => Ok(Box::new(self.clone()) as Box<dyn Backend>),
            }
        })
    }
}

impl Backend for World {
    fn watch(&mut self, directory: &Path) -> Result<(), Refusal> {
        self.script(|script| {
            if script.refused.contains(directory) {
                return Err(Refusal::Because("the limit is reached".to_owned()));
            }
            script.watched.insert(directory.to_owned());
            Ok(())
        })
    }

    fn unwatch(&mut self, directory: &Path) {
        self.script(|script| script.watched.remove(directory));
    }

    fn is_watching(&self, directory: &Path) -> bool {
        self.script(|script| script.watched.contains(directory))
    }
}

/// An engine with the time in the test's hand.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) engine: Engine,
    pub(super) now: Instant,
    _room: tempfile::TempDir,
}

impl Stage {
    /// One file, which is there, and the first turn over.
    pub(super) fn new() -> Self {
        Self::with(|_| {}, WatchOptions::default())
    }

    pub(super) fn with(script: impl FnOnce(&mut Script), options: WatchOptions) -> Self {
        let room = tempfile::tempdir().expect("a directory");
        let file = room.path().canonicalize().expect("a real path").join("config.toml");
        std::fs::write(&file, "x = 1").expect("written");
        let world = World::default();
        world.script(|known| {
            known.places = vec![file];
            script(known);
        });
        let now = Instant::now();
        let engine = world.engine(Arc::default(), options, now);
        let mut stage = Self { world, engine, now, _room: room };
        stage.turn(Letters::default());
        stage
    }

    pub(super) fn file(&self) -> PathBuf {
        self.world.script(|script| script.places[0].clone())
    }

    pub(super) fn directory(&self) -> PathBuf {
        self.file().parent().expect("it has one").to_owned()
    }

    pub(super) fn write(&self, text: &str) {
        std::fs::write(self.file(), text).expect("written");
    }

    pub(super) fn turn(&mut self, letters: Letters) -> Option<Wait> {
        self.engine.turn(self.now, letters)
    }

    /// So much later.
    pub(super) fn after(&mut self, time: Duration) -> Option<Wait> {
        self.now += time;
        self.turn(Letters::default())
    }

    /// An event, now.
    pub(super) fn touch(&mut self) -> Option<Wait> {
        self.turn(Letters { touched: Some((self.now, self.now)), ..Letters::default() })
    }

    /// The end of the backend of this number.
    pub(super) fn lose(&mut self, number: u64, why: &str) -> Option<Wait> {
        self.turn(Letters { lost: Some((number, why.to_owned())), ..Letters::default() })
    }

    /// Turns of 50 ms each, as long as the time is not over.
    pub(super) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            self.after(50 * MS);
        }
    }
}
