//! Telling whoever asked.
//!
//! Each subscriber has room for one event: what it was not told yet. A reload puts its event there,
//! joined with one that still waits, and then calls whom it can. A subscriber's callback is *out*
//! while it runs; whoever finds it out leaves the event to the thread that runs it, which looks again
//! before it goes. So nobody waits for a callback, no callback runs twice at once, and each is told
//! the latest.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, Weak};

use super::change::Change;
use super::pattern::Pattern;
use super::stream::Inbox;
use super::{lock, words};
use crate::error::{Code, ConfigError, Problem};
use crate::schema::Schema;

/// Whoever is told of the changes of one configuration.
pub(crate) struct Tell<T> {
    schema: &'static Schema,
    changes: Mutex<Vec<Arc<Subscriber<Change<T>>>>>,
    errors: Mutex<Vec<Arc<Subscriber<ConfigError>>>>,
    streams: Mutex<Vec<Weak<Inbox<T>>>>,
    /// Patterns that mean no setting, for those who are told of errors, whenever they come.
    mistakes: Mutex<Vec<Arc<Problem>>>,
    /// What is to happen when the configuration is gone.
    #[cfg(feature = "watch")]
    endings: Mutex<Vec<Box<dyn FnOnce() + Send>>>,
}

/// A callback, and what it was not told yet.
struct Subscriber<E>(Mutex<Post<E>>);

type Callback<E> = Box<dyn FnMut(&E) + Send>;

struct Post<E> {
    waiting: Option<E>,
    /// `None` while it runs, and when it was cancelled.
    callback: Option<Callback<E>>,
    cancelled: bool,
}

/// A callback that [`on_change`](crate::handle::ConfigHandle::on_change) or
/// [`on_error`](crate::handle::ConfigHandle::on_error) added. Dropping this leaves the callback in
/// place.
pub struct Subscription {
    callback: Weak<dyn Cancel + Send + Sync>,
    mistake: Option<Arc<Problem>>,
}

trait Cancel {
    fn cancel(&self);
    fn is_active(&self) -> bool;
}

impl<T> Tell<T> {
    pub(super) fn new(schema: &'static Schema) -> Self {
        Self {
            schema,
            changes: Mutex::default(),
            errors: Mutex::default(),
            streams: Mutex::default(),
            mistakes: Mutex::default(),
            #[cfg(feature = "watch")]
            endings: Mutex::default(),
        }
    }

    /// Calls a function when the configuration is gone.
    #[cfg(feature = "watch")]
    pub(crate) fn at_the_end(&self, ending: impl FnOnce() + Send + 'static) {
        lock(&self.endings).push(Box::new(ending));
    }
}

impl<T: Send + Sync + 'static> Tell<T> {
    /// Adds a callback for changes of settings that a pattern means.
    pub(crate) fn on_change(
        &self,
        pattern: &str,
        mut callback: impl FnMut(&Change<T>) + Send + 'static,
    ) -> Subscription {
        let parsed = Pattern::parse(pattern);
        let mistake = parsed.check(pattern, self.schema).map(Arc::new);
        if let Some(mistake) = &mistake {
            lock(&self.mistakes).push(Arc::clone(mistake));
            self.failed(&ConfigError::from(Problem::clone(mistake)));
            self.deliver();
        }
        let subscriber = Subscriber::new(move |change: &Change<T>| {
            if change.changed().iter().any(|changed| parsed.matches(&changed.path)) {
                callback(change);
            }
        });
        enlist(&mut lock(&self.changes), Arc::clone(&subscriber), |one| one.is_active());
        Subscription::of(&subscriber, mistake)
    }

    /// Adds a callback for errors; it is told of wrong patterns that were given before, too.
    pub(crate) fn on_error(
        &self,
        callback: impl FnMut(&ConfigError) + Send + 'static,
    ) -> Subscription {
        let subscriber = Subscriber::new(callback);
        enlist(&mut lock(&self.errors), Arc::clone(&subscriber), |one| one.is_active());
        let mistakes: Vec<_> = lock(&self.mistakes).iter().map(Arc::clone).collect();
        if !mistakes.is_empty() {
            let problems = mistakes.iter().map(|mistake| Problem::clone(mistake)).collect();
            subscriber.post(ConfigError::new(problems), latest);
            // A panic of this callback has nobody to be told to but itself.
            let _told = subscriber.deliver(self.schema);
        }
        Subscription::of(&subscriber, None)
    }

    /// Adds a stream of changes.
    pub(crate) fn stream(&self) -> Arc<Inbox<T>> {
        let inbox = Arc::new(Inbox::default());
        enlist(&mut lock(&self.streams), Arc::downgrade(&inbox), |one| one.strong_count() > 0);
        inbox
    }

    /// Puts a change where it will be told.
    pub(super) fn changed(&self, change: &Change<T>) {
        let mut subscribers = lock(&self.changes);
        subscribers.retain(|subscriber| subscriber.is_active());
        subscribers
            .iter()
            .for_each(|subscriber| subscriber.post(change.clone(), |old, new| old.and(&new)));
        drop(subscribers);
        let mut streams = lock(&self.streams);
        streams.retain(|inbox| inbox.strong_count() > 0);
        let inboxes: Vec<_> = streams.iter().filter_map(Weak::upgrade).collect();
        drop(streams);
        inboxes.iter().for_each(|inbox| inbox.put(change));
    }

    /// Puts an error where it will be told.
    pub(crate) fn failed(&self, error: &ConfigError) {
        let mut subscribers = lock(&self.errors);
        subscribers.retain(|subscriber| subscriber.is_active());
        subscribers.iter().for_each(|subscriber| subscriber.post(error.clone(), latest));
    }

    /// Calls whoever was not told yet and is not running on another thread, in the order in which
    /// they were added.
    pub(super) fn deliver(&self) {
        let changes: Vec<_> = lock(&self.changes).iter().map(Arc::clone).collect();
        for subscriber in changes {
            for panic in subscriber.deliver(self.schema) {
                let message = format!("a callback for changes panicked: {panic}");
                let problem = Problem::new(Code::Panicked, message)
                    .help("the change is published, and other callbacks are called");
                self.failed(&problem.into());
            }
        }
        let errors: Vec<_> = lock(&self.errors).iter().map(Arc::clone).collect();
        for subscriber in errors {
            // A callback that is told of errors and panics is told no more of that.
            let _told = subscriber.deliver(self.schema);
        }
    }
}

impl<T> Drop for Tell<T> {
    /// The configuration is gone: streams end.
    fn drop(&mut self) {
        for inbox in lock(&self.streams).iter().filter_map(Weak::upgrade) {
            inbox.close();
        }
        #[cfg(feature = "watch")]
        for ending in lock(&self.endings).drain(..) {
            ending();
        }
    }
}

/// Adds one to those who are told. Where there is no room, those who are told no more go first, so
/// that who comes and goes between two changes leaves nothing behind.
fn enlist<S>(those: &mut Vec<S>, one: S, is_active: impl FnMut(&S) -> bool) {
    if those.len() == those.capacity() {
        those.retain(is_active);
    }
    those.push(one);
}

/// Of two errors, the later one is told.
fn latest<E>(_: E, later: E) -> E {
    later
}

impl<E> Subscriber<E> {
    fn new(callback: impl FnMut(&E) + Send + 'static) -> Arc<Self> {
        let callback: Option<Callback<E>> = Some(Box::new(callback));
        Arc::new(Self(Mutex::new(Post { waiting: None, callback, cancelled: false })))
    }

    /// Puts an event where the callback will be told of it.
    fn post(&self, event: E, join: impl FnOnce(E, E) -> E) {
        let mut post = lock(&self.0);
        if !post.cancelled {
            post.waiting = Some(match post.waiting.take() {
                Some(waiting) => join(waiting, event),
                None => event,
            });
        }
    }

    /// Calls the callback while something waits for it, unless it is running. Gives what it said
    /// where it panicked.
    fn deliver(&self, schema: &Schema) -> Vec<String> {
        let mut panics = Vec::new();
        while let Some((mut callback, event)) = self.take() {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| callback(&event))) {
                panics.push(words(&*panic, schema).to_owned());
            }
            let mut post = lock(&self.0);
            if !post.cancelled {
                post.callback = Some(callback);
            }
        }
        panics
    }

    /// The callback and what waits for it, where there are both.
    fn take(&self) -> Option<(Callback<E>, E)> {
        let mut post = lock(&self.0);
        let callback = post.callback.take()?;
        match post.waiting.take() {
            Some(event) => Some((callback, event)),
            None => {
                post.callback = Some(callback);
                None
            }
        }
    }

    fn is_active(&self) -> bool {
        !lock(&self.0).cancelled
    }
}

impl<E> Cancel for Subscriber<E> {
    fn cancel(&self) {
        let mut post = lock(&self.0);
        post.cancelled = true;
        let gone = (post.callback.take(), post.waiting.take());
        drop(post);
        // What the callback owns may do anything when it is dropped, so no lock is held here.
        drop(gone);
    }

    fn is_active(&self) -> bool {
        Subscriber::is_active(self)
    }
}

impl Subscription {
    fn of<E: 'static>(subscriber: &Arc<Subscriber<E>>, mistake: Option<Arc<Problem>>) -> Self
    where
        Subscriber<E>: Send + Sync,
    {
        let callback: Weak<dyn Cancel + Send + Sync> = Arc::downgrade(subscriber) as _;
        Self { callback, mistake }
    }

    /// Takes the callback away. It is not called again; a call that is running on another thread
    /// goes on to its end.
    pub fn cancel(self) {
        if let Some(callback) = self.callback.upgrade() {
            callback.cancel();
        }
    }

    /// Whether the callback may be called still: it was not cancelled, and the configuration is there.
    pub fn is_active(&self) -> bool {
        self.callback.upgrade().is_some_and(|callback| callback.is_active())
    }

    /// What is wrong with the pattern, where it can mean no setting. Callbacks of `on_error` are
    /// told of it too.
    pub fn problem(&self) -> Option<&Problem> {
        self.mistake.as_deref()
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("is_active", &self.is_active()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Tell;
    use crate::config::Config;
    use crate::reload::lock;
    use crate::value::Value;

    #[test]
    fn who_comes_and_goes_between_two_changes_leaves_nothing_behind() {
        let tell = Tell::<Value>::new(Value::SCHEMA);
        for _ in 0..1_000 {
            tell.on_change("**", |_| {}).cancel();
            tell.on_error(|_| {}).cancel();
            drop(tell.stream());
        }
        let kept = [lock(&tell.changes).len(), lock(&tell.errors).len(), lock(&tell.streams).len()];
        assert!(kept.iter().all(|&kept| kept < 10), "{kept:?}");
    }

    #[test]
    fn making_room_leaves_those_who_are_told() {
        let tell = Tell::<Value>::new(Value::SCHEMA);
        let stay: Vec<_> = (0..100)
            .map(|_| {
                tell.on_change("**", |_| {}).cancel();
                tell.on_change("**", |_| {})
            })
            .collect();
        assert!(stay.iter().all(super::Subscription::is_active));
        assert!(lock(&tell.changes).iter().filter(|one| one.is_active()).count() == 100);
    }
}
