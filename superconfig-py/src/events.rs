//! What subscribers are told.
//!
//! Code of Python's is never called by a thread of the library: a thread that waits for an interpreter
//! which has ended would take the process down with it. A thread of Python's waits here instead, without
//! holding the interpreter, and calls whoever asked.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use superconfig::{ConfigError, Subscription, Value};

use crate::change::Change;
use crate::told;

/// What one subscriber was not told yet. There is room for one change and one error: who is slow is told
/// of one change, from what they saw last to what there is now.
#[derive(Default)]
struct Inbox {
    post: Mutex<Post>,
    news: Condvar,
}

#[derive(Default)]
struct Post {
    change: Option<superconfig::Change<Value>>,
    error: Option<ConfigError>,
    closed: bool,
}

impl Inbox {
    fn post(&self) -> MutexGuard<'_, Post> {
        self.post.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, into: impl FnOnce(&mut Post)) {
        into(&mut self.post());
        self.news.notify_all();
    }

    fn wait(&self) -> Told {
        let mut post = self.post();
        loop {
            if let Some(change) = post.change.take() {
                return Told::Change(change);
            }
            if let Some(error) = post.error.take() {
                return Told::Error(error);
            }
            if post.closed {
                return Told::Nothing;
            }
            post = self.news.wait(post).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

enum Told {
    Change(superconfig::Change<Value>),
    Error(ConfigError),
    Nothing,
}

/// The end of an inbox that a callback of the library holds: it goes with the last handle, and then
/// nothing will come any more.
struct Sender(Arc<Inbox>);

impl Drop for Sender {
    fn drop(&mut self) {
        self.0.put(|post| post.closed = true);
    }
}

/// The changes and errors of one configuration, to be waited for.
#[pyclass(frozen, module = "superconfig._native")]
pub(crate) struct Events {
    inbox: Arc<Inbox>,
    subscriptions: Mutex<Vec<Subscription>>,
}

impl Events {
    /// Subscribes to changes of what a pattern means, and to errors.
    pub(crate) fn subscribe(
        handle: &superconfig::ConfigHandle<Value>,
        pattern: Option<&str>,
        errors: bool,
    ) -> Result<Self, ConfigError> {
        let inbox = Arc::new(Inbox::default());
        let mut subscriptions = Vec::new();
        if let Some(pattern) = pattern {
            let sender = Sender(Arc::clone(&inbox));
            let subscription = handle.on_change(pattern, move |change| {
                sender.0.put(|post| {
                    post.change = Some(match post.change.take() {
                        Some(waiting) => waiting.and(change),
                        None => change.clone(),
                    });
                });
            });
            if let Some(problem) = subscription.problem() {
                let error = ConfigError::from(problem.clone());
                subscription.cancel();
                return Err(error);
            }
            subscriptions.push(subscription);
        }
        if errors {
            let sender = Sender(Arc::clone(&inbox));
            subscriptions.push(handle.on_error(move |error| {
                sender.0.put(|post| post.error = Some(error.clone()));
            }));
        }
        Ok(Self { inbox, subscriptions: Mutex::new(subscriptions) })
    }
}

#[pymethods]
impl Events {
    /// Waits for what comes next: a `Change`, a `ConfigError`, or `None` when there will be nothing more.
    fn next<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match py.detach(|| self.inbox.wait()) {
            Told::Change(change) => Ok(Some(Bound::new(py, Change::from(change))?.into_any())),
            Told::Error(error) => told::exception(py, &error, None).map(Some),
            Told::Nothing => Ok(None),
        }
    }

    /// Whether nothing will come any more.
    #[getter]
    fn closed(&self) -> bool {
        self.inbox.post().closed
    }

    /// Ends it; whoever waits is told.
    fn close(&self) {
        let mut subscriptions = self.subscriptions.lock().unwrap_or_else(PoisonError::into_inner);
        let cancelled = std::mem::take(&mut *subscriptions);
        drop(subscriptions);
        cancelled.into_iter().for_each(Subscription::cancel);
        self.inbox.put(|post| post.closed = true);
    }
}

/// The thread that watches files, until it is stopped.
#[pyclass(frozen, module = "superconfig._native")]
pub(crate) struct Watcher(Mutex<Option<superconfig::Watch>>);

impl From<superconfig::Watch> for Watcher {
    fn from(watch: superconfig::Watch) -> Self {
        Self(Mutex::new(Some(watch)))
    }
}

impl Watcher {
    fn watch(&self) -> MutexGuard<'_, Option<superconfig::Watch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Watcher {
    /// How well the files are watched, in words.
    fn health(&self, py: Python<'_>) -> String {
        py.detach(|| {
            let stopped = superconfig::Health::Stopped;
            self.watch().as_ref().map_or(stopped, superconfig::Watch::health).to_string()
        })
    }

    /// Begins anew, as is needed in a process that was forked.
    fn restart(&self, py: Python<'_>) -> PyResult<()> {
        let restarted = py.detach(|| self.watch().as_mut().map(superconfig::Watch::restart));
        restarted.transpose().map(|_| ()).map_err(|error| told::error(py, &error))
    }

    /// Ends the thread. Waits for a reload that is under way, but no longer than a second.
    fn stop(&self, py: Python<'_>) {
        py.detach(|| {
            let watch = self.watch().take();
            drop(watch);
        });
    }
}
