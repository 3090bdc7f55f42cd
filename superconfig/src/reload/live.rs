//! What all clones of a handle share: the configuration, how it is loaded again, and who is told.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::thread::{self, ThreadId};

use super::change::Change;
use super::lent::Lent;
use super::state::{Find, Given, Notes, Standing, State, Told};
use super::tell::Tell;
use super::{lock, words};
use crate::directory::Listing;
use crate::error::{Code, ConfigError, Problem};
use crate::load::Retained;
use crate::meter::LoadMetrics;
use crate::publish::Published;
use crate::publish::memory::Memories;
use crate::source::{Dependencies, Place, Text};
use crate::telemetry::Event;
use crate::trace::{Kept, pending};

/// A configuration that was loaded.
pub(crate) struct Loaded<T> {
    pub(crate) value: T,
    pub(crate) warnings: Vec<Problem>,
    pub(crate) kept: Kept,
}

/// A configuration that could not be loaded.
pub(crate) struct Failure {
    pub(crate) error: ConfigError,
    /// What could be read all the same.
    pub(crate) read: Vec<Retained>,
    /// Where it was looked, for those who watch it.
    #[cfg_attr(not(feature = "watch"), allow(dead_code))] // nobody else watches
    pub(crate) places: Arc<[Place]>,
    #[cfg_attr(not(feature = "watch"), allow(dead_code))] // nobody else watches
    pub(crate) dependencies: Dependencies,
}

impl Failure {
    /// Nothing is known of what was read, if anything was.
    pub(crate) fn of(error: ConfigError) -> Self {
        let (read, places) = (Vec::new(), Arc::default());
        Self { error, read, places, dependencies: Dependencies::default() }
    }
}

/// Asked when everything has been read, before anything is published or told: whether what was read
/// can be trusted. It is told whether a text that said something before is empty now.
pub(crate) type Settled<'s> = dyn Fn(bool) -> bool + 's;

/// Why nothing was published.
enum Refused {
    Failed(Failure),
    Unsettled,
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// How a configuration is loaded again.
pub(crate) trait Again<T>: Send + Sync {
    /// Loads it.
    fn again(&self) -> Result<Loaded<T>, Failure>;

    /// The value of what was just loaded, with the settings that need a restart as they were in
    /// what was loaded first.
    fn pinned(&self, first: &Kept, now: &Kept) -> Result<T, ConfigError>;
}

/// What all clones of a handle share. There may be a million of them that are read and nothing else,
/// so what only some are asked for is not there until then.
pub(crate) struct Live<T: 'static> {
    pub(crate) listing: Listing,
    pub(crate) published: Published<T>,
    standing: RwLock<Standing<T>>,
    life: OnceLock<Box<Life<T>>>,
}

// A million handles are some 250 MB with this, their values, and their entries in the directory.
const _: () = assert!(size_of::<Live<String>>() <= 144);
const _: () = assert!(size_of::<State<String>>() <= 80);

/// How a configuration lives on.
struct Life<T> {
    /// How it is loaded again; a value that the program gave has no sources to ask.
    recipe: Option<Box<dyn Again<T>>>,
    /// What was loaded first, where some settings need a restart.
    first: Option<Arc<Kept>>,
    /// Held by the one reload that runs.
    reloading: Mutex<()>,
    /// The thread that holds it.
    busy: Mutex<Option<ThreadId>>,
    failure: Mutex<Option<Arc<Failure>>>,
    warnings: Lent<Problem>,
    places: Lent<Place>,
    /// Most configurations have nobody who is told of changes.
    tell: OnceLock<Box<Tell<T>>>,
}

impl<T> Life<T> {
    fn new(recipe: Option<Box<dyn Again<T>>>, first: Option<Arc<Kept>>) -> Self {
        Self {
            recipe,
            first,
            reloading: Mutex::new(()),
            busy: Mutex::new(None),
            failure: Mutex::new(None),
            warnings: Lent::default(),
            places: Lent::default(),
            tell: OnceLock::new(),
        }
    }
}

impl<T> AsRef<Published<T>> for Live<T> {
    fn as_ref(&self) -> &Published<T> {
        &self.published
    }
}

impl<T> Live<T> {
    /// A configuration that was loaded.
    pub(crate) fn new(
        loaded: Loaded<T>,
        recipe: impl Again<T> + 'static,
        memories: Memories<T>,
        listing: Listing,
    ) -> Self {
        let Loaded { value, warnings, kept } = loaded;
        let (value, kept) = (Arc::new(value), Arc::new(kept));
        let first = kept.schema.needs_restart().then(|| Arc::clone(&kept));
        let published = Published::new(Arc::clone(&value), memories);
        let state = State::read(value, warnings.into(), kept, 1);
        let life = OnceLock::from(Box::new(Life::new(Some(Box::new(recipe)), first)));
        Self { listing, published, standing: RwLock::new(Standing::known(state)), life }
    }

    /// A configuration that the program gave.
    pub(crate) fn given(given: Given<T>, memories: Memories<T>, listing: Listing) -> Self {
        let value = Arc::new(given.value);
        let published = Published::new(Arc::clone(&value), memories);
        let standing = match given.told {
            Told::Later(_, find) if given.warnings.is_empty() => Standing::Given(find),
            told => Standing::known(State::given(value, given.warnings, told, None, 1)),
        };
        Self { listing, published, standing: RwLock::new(standing), life: OnceLock::new() }
    }

    /// The configuration as it is now, and all that is said of it.
    pub(crate) fn state(&self) -> Arc<State<T>> {
        let standing = self.standing.read().unwrap_or_else(PoisonError::into_inner);
        if let Standing::Known(state) = &*standing {
            return Arc::clone(state);
        }
        drop(standing);
        let mut standing = self.standing.write().unwrap_or_else(PoisonError::into_inner);
        match &*standing {
            Standing::Known(state) => Arc::clone(state),
            Standing::Given(find) => {
                // Nothing was published yet: whoever does that asks for the state first.
                let told = Told::Later(OnceLock::new(), find.clone());
                let (_, value) = self.published.snapshot();
                let state = Arc::new(State::given(value, Vec::new(), told, None, 1));
                *standing = Standing::Known(Arc::clone(&state));
                state
            }
        }
    }

    fn life(&self) -> &Life<T> {
        self.life.get_or_init(|| Box::new(Life::new(None, None)))
    }

    /// The memory that it takes, with the value, and without what the value and what is said of it
    /// point to.
    pub(super) fn own_memory(&self) -> usize {
        /// Two counts before what an `Arc` points to.
        const COUNTS: usize = 2 * size_of::<usize>();
        let standing = self.standing.read().unwrap_or_else(PoisonError::into_inner);
        let state = match &*standing {
            Standing::Given(Find::InValue(_)) => 0,
            Standing::Given(Find::InNotes(_)) => COUNTS + size_of::<Notes>(),
            Standing::Known(_) => COUNTS + size_of::<State<T>>(),
        };
        let life = if self.life.get().is_some() { size_of::<Life<T>>() } else { 0 };
        COUNTS + size_of::<Self>() + COUNTS + size_of::<T>() + state + life
    }

    pub(crate) fn warnings(&self) -> &[Problem] {
        // Problems cannot be compared, for anything may be their cause; what they say can.
        let said = |problem: &Problem| format!("{problem:?}");
        let same = |one: &Problem, other: &Problem| {
            one.message == other.message && said(one) == said(other)
        };
        self.life().warnings.lend(&self.state().warnings, same)
    }

    pub(crate) fn places(&self) -> &[Place] {
        match self.state().kept_from_the_start() {
            Some(kept) => self.life().places.lend(&kept.places, PartialEq::eq),
            None => &[],
        }
    }

    /// The files and directories that the published configuration depends on, and those that the
    /// last reload looked at, where it failed.
    #[cfg(feature = "watch")]
    pub(crate) fn dependencies(&self) -> Dependencies {
        let state = self.state();
        let Some(read) = &state.read else { return Dependencies::default() };
        let mut all = read.dependencies.clone();
        all.files.extend(read.places.iter().map(|place| place.path.clone()));
        if let Some(failure) = lock(&self.life().failure).clone() {
            let Dependencies { files, directories } = failure.dependencies.clone();
            all.files.extend(files);
            all.files.extend(failure.places.iter().map(|place| place.path.clone()));
            all.directories.extend(directories);
        }
        all
    }

    /// What the last loading took that gave a configuration.
    pub(crate) fn metrics(&self) -> LoadMetrics {
        let state = self.state();
        LoadMetrics::of(&state.read.as_ref().unwrap_or_else(|| state.kept()).journal)
    }

    /// Why the last reload failed; `None` if it did not.
    pub(crate) fn failure(&self) -> Option<ConfigError> {
        lock(&self.life.get()?.failure).as_ref().map(|failure| failure.error.clone())
    }

    pub(crate) fn tell(&self) -> &Tell<T> {
        self.life().tell.get_or_init(|| Box::new(Tell::new(self.state().kept().schema)))
    }

    /// Who is told of changes, if anybody is.
    fn told(&self) -> Option<&Tell<T>> {
        Some(self.life.get()?.tell.get()?)
    }
}

impl<T: Send + Sync + 'static> Live<T> {
    /// Loads again, publishes, and calls whoever asked, on this thread.
    pub(crate) fn reload(&self) -> Result<Option<Change<T>>, ConfigError> {
        let outcome = self.refresh();
        self.deliver();
        outcome
    }

    /// Calls whoever asked for what was published and not told yet. Callbacks that are running
    /// on another thread are left to that thread.
    pub(crate) fn deliver(&self) {
        if let Some(tell) = self.told() {
            tell.deliver();
        }
    }

    /// Loads again and publishes, one reload at a time. Whoever asked is told by
    /// [`deliver`](Self::deliver).
    pub(crate) fn refresh(&self) -> Result<Option<Change<T>>, ConfigError> {
        self.refresh_if(&|_| true).unwrap_or(Ok(None))
    }

    /// The same, where what was read is settled; otherwise nothing happens, and it gives `None`.
    pub(crate) fn refresh_if(
        &self,
        settled: &Settled<'_>,
    ) -> Option<Result<Option<Change<T>>, ConfigError>> {
        let me = match self.not_called_by_a_reload() {
            Ok(me) => me,
            Err(error) => return Some(Err(error)),
        };
        let life = self.life();
        let _one_at_a_time = lock(&life.reloading);
        *lock(&life.busy) = Some(me);
        // A panic of the user's code is not one of whoever reloads.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.load_and_publish(settled)));
        *lock(&life.busy) = None;
        let outcome = outcome.unwrap_or_else(|panic| {
            let message = format!("a reload panicked: {}", words(&*panic, self.state().kept().schema));
            let problem = Problem::new(Code::Panicked, message)
                .help("the last good configuration stays; a source, a default or a validation of the program's panicked");
            if !settled(false) {
                return Err(Refused::Unsettled);
            }
            Err(Failure::of(problem.into()).into())
        });
        if !matches!(outcome, Err(Refused::Unsettled)) {
            let name = self.state().kept().schema.name;
            self.listing.count(|counts| counts.event(Event::Reload, name, outcome.is_ok()));
        }
        match outcome {
            Ok(change) => {
                lock(&life.failure).take();
                Some(Ok(change))
            }
            Err(Refused::Failed(failure)) => Some(Err(self.fail(failure))),
            Err(Refused::Unsettled) => None,
        }
    }

    fn not_called_by_a_reload(&self) -> Result<ThreadId, ConfigError> {
        let me = thread::current().id();
        if *lock(&self.life().busy) != Some(me) {
            return Ok(me);
        }
        let message = "a reload was asked for by what a reload is calling";
        Err(Problem::new(Code::Usage, message)
            .help("sources, defaults and validations cannot reload; callbacks can")
            .into())
    }

    fn load_and_publish(&self, settled: &Settled<'_>) -> Result<Option<Change<T>>, Refused> {
        let before = self.state();
        let Life { recipe, first, .. } = self.life();
        let (Some(recipe), Some(said)) = (recipe, &before.read) else {
            return if settled(false) { Ok(None) } else { Err(Refused::Unsettled) };
        };
        let loaded = recipe.again();
        let read = match &loaded {
            Ok(loaded) => &loaded.kept.retained,
            Err(failure) => &failure.read,
        };
        if !settled(is_emptied(&said.retained, read)) {
            return Err(Refused::Unsettled);
        }
        let Loaded { value, warnings, mut kept } = loaded?;
        let warnings = warnings.into();
        if kept.says_the_same(said) {
            if before.is_updated() {
                // The program's update stays, and what is said of it.
                return Ok(None);
            }
            // What is said of the value may have changed all the same: a place that was looked at, a
            // stray variable.
            kept.pinned.clone_from(&said.pinned);
            let (value, generation) = (Arc::clone(&before.value), before.generation);
            self.note(State::read(value, warnings, Arc::new(kept), generation));
            return Ok(None);
        }
        let value = match first {
            Some(first) if !pending(first, &kept).is_empty() => {
                let pinned = recipe.pinned(first, &kept);
                kept.pinned = Some(Arc::clone(first));
                pinned.map_err(|error| Failure {
                    error,
                    read: std::mem::take(&mut kept.retained),
                    places: Arc::clone(&kept.places),
                    dependencies: std::mem::take(&mut kept.dependencies),
                })?
            }
            _ => value,
        };
        let generation = before.generation + 1;
        let state = State::read(Arc::new(value), warnings, Arc::new(kept), generation);
        let change = Change::new(before, self.put(state));
        if let Some(tell) = self.told() {
            tell.changed(&change);
        }
        Ok(Some(change))
    }

    /// Replaces the configuration by what the program gives, if it is the same still; otherwise
    /// there is no change. Waits for a reload that is running.
    pub(super) fn replace(
        &self,
        before: &Arc<State<T>>,
        given: Given<T>,
    ) -> Result<Option<Change<T>>, ConfigError> {
        self.not_called_by_a_reload()?;
        let _one_at_a_time = lock(&self.life().reloading);
        if !Arc::ptr_eq(&self.state(), before) {
            return Ok(None);
        }
        let Given { value, warnings, told } = given;
        let (read, generation) = (before.read.clone(), before.generation + 1);
        let state = State::given(Arc::new(value), warnings, told, read, generation);
        let change = Change::new(Arc::clone(before), self.put(state));
        if let Some(tell) = self.told() {
            tell.changed(&change);
        }
        Ok(Some(change))
    }

    /// Replaces the value, and all that is said of it.
    fn put(&self, state: State<T>) -> Arc<State<T>> {
        let value = Arc::clone(&state.value);
        let state = self.note(state);
        // What is replaced is dropped behind the locks: its `drop` is the user's, and may read.
        let _old = self.published.publish(value);
        state
    }

    /// Replaces what is said of the value.
    fn note(&self, state: State<T>) -> Arc<State<T>> {
        let state = Arc::new(state);
        let mut place = self.standing.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *place, Standing::Known(Arc::clone(&state)));
        drop(place);
        drop(old);
        state
    }

    /// Notes why a reload failed, and tells it where it is news.
    fn fail(&self, failure: Failure) -> ConfigError {
        let error = failure.error.clone();
        let failure = Arc::new(failure);
        let last = lock(&self.life().failure).replace(Arc::clone(&failure));
        let known = last.is_some_and(|last| {
            last.read == failure.read && last.error.render() == failure.error.render()
        });
        if let (false, Some(tell)) = (known, self.told()) {
            tell.failed(&error);
        }
        error
    }
}

/// Whether a text that said something is empty now.
fn is_emptied(before: &[Retained], now: &[Retained]) -> bool {
    fn text(retained: &Retained) -> Option<&Text> {
        match retained {
            Retained::Document { text, .. } => Some(text),
            _ => None,
        }
    }
    let said = |name| before.iter().filter_map(text).any(|t| t.name == name && !t.text.is_empty());
    now.iter().filter_map(text).any(|text| text.text.is_empty() && said(Arc::clone(&text.name)))
}
