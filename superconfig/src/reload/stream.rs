//! The changes of a configuration as a stream.

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use super::change::Change;
use super::lock;

/// The changes of a configuration, from [`changes`](crate::handle::ConfigHandle::changes).
///
/// It holds one change at a time, what happened since it was asked last: who is slow gets one change
/// from what they saw last to what there is now, and never an earlier one than before. It ends when
/// the last handle is dropped.
///
/// It needs no runtime: [`next`](Self::next) is a future that any executor can wait for, and
/// [`next_blocking`](Self::next_blocking) waits by itself. With the feature `async` it is a
/// `futures_core::Stream`.
pub struct Changes<T>(Arc<Inbox<T>>);

/// What a stream was not asked for yet.
pub(crate) struct Inbox<T> {
    post: Mutex<Post<T>>,
    news: Condvar,
}

struct Post<T> {
    waiting: Option<Change<T>>,
    waker: Option<Waker>,
    closed: bool,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        let post = Post { waiting: None, waker: None, closed: false };
        Self { post: Mutex::new(post), news: Condvar::new() }
    }
}

impl<T> Inbox<T> {
    pub(super) fn put(&self, change: &Change<T>) {
        let mut post = lock(&self.post);
        post.waiting = Some(match post.waiting.take() {
            Some(waiting) => waiting.and(change),
            None => change.clone(),
        });
        let waker = post.waker.take();
        drop(post);
        self.wake(waker);
    }

    pub(super) fn close(&self) {
        let mut post = lock(&self.post);
        post.closed = true;
        let waker = post.waker.take();
        drop(post);
        self.wake(waker);
    }

    fn wake(&self, waker: Option<Waker>) {
        self.news.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// What happened, or whether anything may still happen.
    fn take(&self, waker: Option<&Waker>) -> Poll<Option<Change<T>>> {
        loop {
            let mut post = lock(&self.post);
            let Some(change) = post.waiting.take() else {
                if post.closed {
                    return Poll::Ready(None);
                }
                post.waker = waker.cloned();
                return Poll::Pending;
            };
            drop(post);
            // Found out without the lock, and only here: a reload costs no more for it.
            if !change.changed().is_empty() {
                return Poll::Ready(Some(change));
            }
        }
    }
}

impl<T> Changes<T> {
    pub(crate) fn new(inbox: Arc<Inbox<T>>) -> Self {
        Self(inbox)
    }

    /// The next change; `None` when the last handle is dropped.
    pub async fn next(&mut self) -> Option<Change<T>> {
        poll_fn(|context| self.poll_next_change(context)).await
    }

    /// The same for those who write futures by hand.
    pub fn poll_next_change(&mut self, context: &mut Context<'_>) -> Poll<Option<Change<T>>> {
        self.0.take(Some(context.waker()))
    }

    /// What happened since it was asked last, if anything did. Does not wait.
    pub fn try_next(&mut self) -> Option<Change<T>> {
        match self.0.take(None) {
            Poll::Ready(change) => change,
            Poll::Pending => None,
        }
    }

    /// Waits for the next change; `None` when the last handle is dropped.
    pub fn next_blocking(&mut self) -> Option<Change<T>> {
        self.wait(None)
    }

    /// The same for so long at the most; `None` also where nothing happened.
    pub fn next_timeout(&mut self, timeout: Duration) -> Option<Change<T>> {
        self.wait(Instant::now().checked_add(timeout))
    }

    /// All changes to come, each waited for.
    pub fn blocking(&mut self) -> Blocking<'_, T> {
        Blocking(self)
    }

    fn wait(&mut self, until: Option<Instant>) -> Option<Change<T>> {
        loop {
            if let Poll::Ready(change) = self.0.take(None) {
                return change;
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if left == Some(Duration::ZERO) {
                return None;
            }
            let post = lock(&self.0.post);
            let nothing = |post: &mut Post<T>| post.waiting.is_none() && !post.closed;
            let news = &self.0.news;
            let _post = match left {
                None => news.wait_while(post, nothing).unwrap_or_else(PoisonError::into_inner),
                Some(left) => {
                    let waited = news.wait_timeout_while(post, left, nothing);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }
}

/// The changes to come, each waited for; from [`Changes::blocking`].
#[derive(Debug)]
pub struct Blocking<'c, T>(&'c mut Changes<T>);

impl<T> Iterator for Blocking<'_, T> {
    type Item = Change<T>;

    fn next(&mut self) -> Option<Change<T>> {
        self.0.next_blocking()
    }
}

#[cfg(feature = "async")]
impl<T> futures_core::Stream for Changes<T> {
    type Item = Change<T>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Change<T>>> {
        self.get_mut().poll_next_change(context)
    }
}

impl<T> fmt::Debug for Changes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").finish_non_exhaustive()
    }
}
