//! Handles by their names, for tables and for foreign languages.

use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;
use std::time::Duration;

use crate::builder;
use crate::config::Config;
use crate::directory::{Directory, HandleId, since_start};
use crate::error::ConfigError;
use crate::guard::Guard;
use crate::handle::ConfigHandle;
use crate::reload::Live;
use crate::telemetry::Event;
use crate::texts::CacheLimits;

/// A directory of handles by their [`HandleId`]s.
///
/// Every handle is in one: in [`global`](Self::global) if it was built by `build` or `load`, in
/// another if it was built by [`build_in`](crate::SuperConfig::build_in) or [inserted](Self::insert)
/// there. The entry goes away with the last clone of the handle, unless the id is
/// [leased](Self::lease). A registry is cheap to clone, and its clones are one registry.
///
/// | an id of | gives |
/// | --- | --- |
/// | another type | `SC0901` |
/// | no handle that there ever was | `SC0902` |
/// | another registry | `SC0903` |
/// | a lease that nobody used for too long | `SC0904` |
/// | a handle that was dropped or removed | `SC0905` |
///
/// ```
/// use superconfig::{ConfigRegistry, SuperConfig};
///
/// #[derive(SuperConfig)]
/// struct Limits {
///     #[config(default = 10)]
///     requests: u32,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let registry = ConfigRegistry::new();
/// let handle = registry.insert(Limits { requests: 20 })?;
/// let id = handle.id();
///
/// registry.update(id, |old| Limits { requests: old.requests + 1 })?;
/// assert_eq!(registry.get(id)?.get().requests, 21);
/// assert_eq!(registry.stats().active_handles, 1);
///
/// drop(handle);
/// let error = registry.get(id).expect_err("nobody holds it any more");
/// assert_eq!(error.problems()[0].code.as_str(), "SC0905");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ConfigRegistry(Arc<Directory>);

impl ConfigRegistry {
    /// An empty registry of one's own.
    pub fn new() -> Self {
        Self(Directory::new(since_start()))
    }

    /// An empty registry whose leases go by this clock, which tells the time since some beginning
    /// and never goes backwards. Tests use this.
    pub fn with_clock(clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self(Directory::new(Box::new(clock)))
    }

    /// The registry of all handles that are not built for another.
    pub fn global() -> Self {
        Self(Arc::clone(Directory::global()))
    }

    pub(crate) fn directory(&self) -> &Arc<Directory> {
        &self.0
    }

    /// Puts a value in, and gives the handle that keeps it there.
    ///
    /// The value is validated as if it had been loaded, so what holds for
    /// [`with_defaults`](crate::SuperConfig::with_defaults) holds here: a `None` says nothing, and where
    /// the declaration has a default for it, that is what it becomes. There are no sources, so a
    /// reload finds nothing new.
    ///
    /// A handle of a type that is `Clone` (and not generic) takes less than 300 bytes besides its
    /// value, so there may be millions; of other types, what is said of the value (`origin`,
    /// `explain`) has to be kept from the start, which takes about 2 KB.
    ///
    /// # Errors
    ///
    /// Its validation refuses the value.
    pub fn insert<T: Config>(&self, value: T) -> Result<ConfigHandle<T>, ConfigError> {
        let given = builder::checked(value);
        self.0.counts.event(Event::Load, T::SCHEMA.name, given.is_ok());
        ConfigHandle::given(given?, self.directory())
    }

    /// The handle of this id.
    ///
    /// # Errors
    ///
    /// There is none, or it is one of another type; see the table of [`ConfigRegistry`].
    pub fn get<T: Config>(&self, id: HandleId<T>) -> Result<ConfigHandle<T>, ConfigError> {
        self.live(id).map(|live| ConfigHandle { live })
    }

    /// The configuration of this id, as it is now: for a moment, like [`ConfigHandle::get`].
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn read<T: Config>(&self, id: HandleId<T>) -> Result<Guard<T>, ConfigError> {
        self.live(id).map(|live| Guard::new(live.published.load(T::memories())))
    }

    /// Replaces the configuration of this id by what `update` makes of it, for all its handles.
    ///
    /// Readers see the old one or the new one. Updates at once are never lost: where another one, or
    /// a reload, came between, `update` is called again with what that published. It is called
    /// under no lock, so it may ask this registry for anything. The new value is validated, and
    /// callbacks of [`on_change`](ConfigHandle::on_change) are called as after a reload. It stays
    /// until there is another update or a reload that finds other sources than the one before it.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get) and [`insert`](Self::insert), and then the old configuration stays.
    /// `SC0801` if it is called by an `update` of the same configuration, which would never end, or
    /// by a source or validation of a reload.
    pub fn update<T: Config>(
        &self,
        id: HandleId<T>,
        update: impl FnMut(&T) -> T,
    ) -> Result<(), ConfigError> {
        let outcome = self.live(id)?.update(update, builder::checked);
        self.0.counts.event(Event::Update, T::SCHEMA.name, outcome.is_ok());
        outcome
    }

    /// Takes the entry of this id away, and gives its handle, which works on. The id does not.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn remove<T: Config>(&self, id: HandleId<T>) -> Result<ConfigHandle<T>, ConfigError> {
        let live = self.live(id)?;
        // Of two that remove at once, one gets the handle.
        drop(self.0.remove(id.bits())?);
        Ok(ConfigHandle { live })
    }

    /// Whether there is a handle of this id. The next moment there may be none.
    pub fn contains<T: Config>(&self, id: HandleId<T>) -> bool {
        self.0.contains(id.bits())
    }

    /// Checks an id of a foreign language, which knows no types.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get); 0 is an id of no handle.
    pub fn check<T: Config>(&self, bits: u64) -> Result<HandleId<T>, ConfigError> {
        let bits = NonZeroU64::new(bits).ok_or_else(|| self.0.not_an_id())?;
        let id = HandleId::new(bits);
        self.live(id).map(|_| id)
    }

    /// How many handles there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps the configuration alive by its id alone, when no handle is left, until nobody has
    /// asked for it by its id for as long as [`expire_after`](Self::expire_after) says.
    ///
    /// A thread looks every five minutes whether a lease is over. It exists only while there are
    /// leases, and ends with the registry.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn lease<T: Config>(&self, id: HandleId<T>) -> Result<(), ConfigError> {
        self.live(id)?;
        self.0.lease(id.bits())
    }

    /// Says how long a lease lasts that nobody uses; an hour, if this does not say anything else.
    pub fn expire_after(&self, idle: Duration) {
        self.0.set_expire_after(idle);
    }

    /// Ends the leases that nobody has used for too long, now, and says how many configurations
    /// that were kept by nothing else are gone.
    pub fn sweep(&self) -> usize {
        self.0.sweep()
    }

    /// Forgets the texts of files that are kept for loadings to come.
    ///
    /// Configurations that are built in a registry, and their reloads, share a cache of what files
    /// say: a file that several configurations have in common, or that has not changed when another
    /// has, is opened, and its permissions are looked at, but it is not read again. It is the same as
    /// long as device, inode, size and both times are, and times count only when they are older than
    /// the ticks of file systems' clocks, so a changed file is read whatever is in the cache. Texts
    /// stay until [`limit_cache`](Self::limit_cache) needs their room. Files of variables and of
    /// secrets are never in it, nor is anything that [`extract`](crate::builder::SuperConfig::extract) reads.
    ///
    /// ```
    /// # use superconfig::{ConfigRegistry, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let directory = tempfile::tempdir()?;
    /// # let file = directory.path().join("app.toml");
    /// # std::fs::write(&file, "port = 8080")?;
    /// let registry = ConfigRegistry::new();
    /// let settings = SuperConfig::<Settings>::new().with_file(&file).build_in(&registry)?;
    /// # #[cfg(unix)]
    /// assert_eq!(registry.stats().cached_texts, 1);
    /// registry.clear_cache();
    /// assert_eq!(registry.stats().cached_texts, 0);
    /// # drop(settings);
    /// # Ok(())
    /// # }
    /// ```
    pub fn clear_cache(&self) {
        self.0.texts.clear();
    }

    /// Says how many texts are kept for loadings to come. What is more goes at once.
    pub fn limit_cache(&self, limits: CacheLimits) {
        self.0.texts.limit(limits);
    }

    /// What there is and what was done. Looks at every entry, so it takes its time where there are
    /// many.
    pub fn stats(&self) -> RegistryStats {
        let (sum, counts) = (self.0.sum(), &self.0.counts);
        let (hits, misses) = (counts.hits(), counts.misses());
        let texts = self.0.texts.tally();
        RegistryStats {
            total_handles: sum.total,
            active_handles: sum.held,
            leased_handles: sum.leased,
            memory_usage_bytes: sum.bytes.saturating_add(size_of::<Directory>()),
            cache_hit_rate: rate(hits, misses),
            hits,
            misses,
            cached_texts: texts.texts,
            cached_bytes: texts.bytes,
            text_hit_rate: rate(texts.hits, texts.misses),
            text_hits: texts.hits,
            text_misses: texts.misses,
            loads: counts.loads(),
            updates: counts.updates(),
            reloads: counts.reloads(),
            failures: counts.failures(),
            expired: counts.expired(),
        }
    }

    fn live<T: Config>(&self, id: HandleId<T>) -> Result<Arc<Live<T>>, ConfigError> {
        self.0.get(id.bits(), T::SCHEMA.name)
    }
}

#[allow(clippy::cast_precision_loss)] // a rate is no count
fn rate(hits: u64, misses: u64) -> f64 {
    if hits == 0 { 0.0 } else { hits as f64 / (hits + misses) as f64 }
}

impl Default for ConfigRegistry {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ConfigRegistry {
    /// Without the values: some of them may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigRegistry").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// What there is in a [`ConfigRegistry`], and what was done there.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RegistryStats {
    /// Configurations in the registry.
    pub total_handles: usize,
    /// Those of them that somebody has a handle of.
    pub active_handles: usize,
    /// Those of them that are leased.
    pub leased_handles: usize,
    /// The memory of all of them, in bytes: of what a handle itself takes, of the structs, and of what
    /// these point to, as far as [`HeapSize`](crate::HeapSize) tells. It is estimated when this is
    /// asked for, by a walk through every configuration; what is kept for provenance is not in it.
    pub memory_usage_bytes: usize,
    /// Which part of the look-ups by id found something; 0 before the first.
    pub cache_hit_rate: f64,
    /// Look-ups by id that found something.
    pub hits: u64,
    /// Look-ups by id that found nothing, or something of another type.
    pub misses: u64,
    /// Texts of files that are kept for loadings to come; see
    /// [`clear_cache`](ConfigRegistry::clear_cache).
    pub cached_texts: usize,
    /// The size of these texts, which is no part of `memory_usage_bytes`.
    pub cached_bytes: usize,
    /// Which part of the documents that were opened did not have to be read; 0 before the first.
    pub text_hit_rate: f64,
    /// Documents that did not have to be read.
    pub text_hits: u64,
    /// Documents that were read.
    pub text_misses: u64,
    /// Configurations that were built or inserted.
    pub loads: u64,
    /// Updates by the program.
    pub updates: u64,
    /// Reloads that went well.
    pub reloads: u64,
    /// Loads, reloads and updates that did not.
    pub failures: u64,
    /// Configurations that went with their lease.
    pub expired: u64,
}
