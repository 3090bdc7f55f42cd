//! The watching thread, and who holds it.

use std::any::Any;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::engine::Engine;
use super::inbox::{Inbox, Letters};
use super::options::Health;
use crate::error::{Code, ConfigError, Problem};

/// A thread that reloads a configuration when its files change. It ends when this is dropped, or
/// with the last handle of the configuration.
///
/// Dropping waits for a reload that is under way, but no longer than a second; one that takes
/// longer is completed, and the thread ends behind it. Dropping in a callback waits for nothing.
#[must_use = "the files are watched until this is dropped"]
pub struct Watch {
    begin: Arc<Begin>,
    running: Running,
}

/// Makes an engine that listens to an inbox.
pub(super) type Begin = dyn Fn(Arc<Inbox>) -> Engine + Send + Sync;

struct Running {
    shared: Arc<Shared>,
    /// Taken out where the thread is not to be waited for.
    thread: Option<JoinHandle<()>>,
    /// The process that has the thread: a fork of it has none.
    process: u32,
}

/// What the thread and its holder both know.
struct Shared {
    inbox: Arc<Inbox>,
    state: Mutex<State>,
    ended: Condvar,
}

struct State {
    health: Health,
    has_ended: bool,
}

/// How long the end of the thread is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long the thread rests when it broke down, at first and at most.
const FIRST_REST: Duration = Duration::from_secs(1);
const LAST_REST: Duration = Duration::from_secs(60);

/// The name of the thread; Linux cuts longer ones off.
const NAME: &str = "config-watch";

impl Watch {
    pub(super) fn start(begin: Arc<Begin>) -> Result<Self, ConfigError> {
        let running = Running::start(&begin).map_err(no_thread)?;
        Ok(Self { begin, running })
    }

    /// How well the configuration is watched at this moment.
    pub fn health(&self) -> Health {
        // The locks of the process that this one was forked from may be held for ever.
        if self.running.is_foreign() {
            return Health::Forked;
        }
        self.running.shared.state().health.clone()
    }

    /// Ends the thread and begins anew, as is needed in a process that was forked.
    ///
    /// # Errors
    ///
    /// No thread can be started: `SC0801`. Then nothing is watched.
    pub fn restart(&mut self) -> Result<(), ConfigError> {
        self.running.end();
        self.running = Running::start(&self.begin).map_err(no_thread)?;
        Ok(())
    }

    /// Ends the thread. To drop the watch does the same.
    pub fn stop(self) {}
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("health", &self.health()).finish_non_exhaustive()
    }
}

fn no_thread(error: io::Error) -> ConfigError {
    Problem::new(Code::Usage, "no thread can be started to watch the files").because(error).into()
}

impl Running {
    fn start(begin: &Arc<Begin>) -> io::Result<Self> {
        let inbox = Arc::new(Inbox::default());
        let mut engine = begin(Arc::clone(&inbox));
        engine.prepare(Instant::now());
        let state = State { health: engine.health(), has_ended: false };
        let shared = Arc::new(Shared { inbox, state: Mutex::new(state), ended: Condvar::new() });
        let thread = thread::Builder::new().name(NAME.to_owned()).spawn({
            let (shared, begin) = (Arc::clone(&shared), Arc::clone(begin));
            move || Worker { shared }.run(engine, &*begin)
        })?;
        Ok(Self { shared, thread: Some(thread), process: std::process::id() })
    }

    fn is_foreign(&self) -> bool {
        self.process != std::process::id()
    }

    fn end(&mut self) {
        let Some(thread) = self.thread.take() else { return };
        if self.is_foreign() {
            // There is no such thread in this process, and whoever waited for it waited for ever.
            return std::mem::forget(thread);
        }
        self.shared.inbox.stop();
        if thread.thread().id() != thread::current().id() && self.shared.ends_within(PATIENCE) {
            // Its panics were caught, and what is left of it takes no time.
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Each part is replaced as a whole, so a panic elsewhere leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ends_within(&self, limit: Duration) -> bool {
        let going_on = |state: &mut State| !state.has_ended;
        let state = self.ended.wait_timeout_while(self.state(), limit, going_on);
        state.unwrap_or_else(PoisonError::into_inner).0.has_ended
    }
}

/// What runs in the thread. Its end is told however it comes.
struct Worker {
    shared: Arc<Shared>,
}

impl Worker {
    fn run(self, engine: Engine, begin: &Begin) {
        let mut next = Some(engine);
        let mut rest = FIRST_REST;
        loop {
            // An engine that panicked is not used again.
            let begun = Instant::now();
            let worked = catch_unwind(AssertUnwindSafe(|| {
                let engine = next.take().unwrap_or_else(|| {
                    let mut engine = begin(Arc::clone(&self.shared.inbox));
                    engine.prepare(Instant::now());
                    engine
                });
                self.work(engine);
            }));
            let Err(panic) = worked else { return };
            if begun.elapsed() > LAST_REST {
                rest = FIRST_REST;
            }
            self.shared.state().health = Health::Failed { why: message(&*panic) };
            if self.shared.inbox.wait(Some(Instant::now() + rest), false).stop {
                return;
            }
            rest = (rest * 2).min(LAST_REST);
        }
    }

    fn work(&self, mut engine: Engine) {
        let mut letters = Letters::default();
        while let Some(wait) = engine.turn(Instant::now(), letters) {
            self.shared.state().health = engine.health();
            letters = self.shared.inbox.wait(Some(wait.until), wait.eager);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.health = Health::Stopped;
        state.has_ended = true;
        drop(state);
        self.shared.ended.notify_all();
    }
}

/// What a panic says.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a panic: {}", text.unwrap_or("it said nothing"))
}

#[cfg(all(test, unix))]
mod tests;
