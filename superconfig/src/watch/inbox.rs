//! What the watching thread is told, by whom it does not matter.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Where the system's events, and those who stop the thread, leave word. It holds what matters of a
/// million events as well as of one, so it never grows.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    letters: Mutex<Letters>,
    bell: Condvar,
}

/// What was left since the last time.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Letters {
    /// When something happened for the first and for the last time.
    pub(super) touched: Option<(Instant, Instant)>,
    /// Which of the backends will tell no more, and why. They are numbered, because one that was
    /// replaced may say so late.
    pub(super) lost: Option<(u64, String)>,
    /// Whether all is over.
    pub(super) stop: bool,
}

impl Inbox {
    /// Something happened.
    pub(super) fn touch(&self) {
        let now = Instant::now();
        let mut letters = self.open();
        let is_first = letters.touched.is_none();
        letters.touched.get_or_insert((now, now)).1 = now;
        drop(letters);
        // Later ones are found when the first is looked at.
        if is_first {
            self.bell.notify_all();
        }
    }

    /// A backend will tell no more, or has not told everything.
    pub(super) fn lose(&self, number: u64, why: impl Into<String>) {
        let mut letters = self.open();
        if letters.lost.as_ref().is_none_or(|(known, _)| *known < number) {
            letters.lost = Some((number, why.into()));
        }
        drop(letters);
        self.bell.notify_all();
    }

    /// All is over. This stays so.
    pub(super) fn stop(&self) {
        self.open().stop = true;
        self.bell.notify_all();
    }

    /// Takes out what was left, as soon as there is something to do: something was lost, all is
    /// over, the time has come, or, where `eager`, something happened. Events from before the
    /// waiting began count as of its beginning, so that work that takes long is not done again at
    /// once.
    pub(super) fn wait(&self, until: Option<Instant>, eager: bool) -> Letters {
        let begun = Instant::now();
        let mut letters = self.open();
        while !(letters.stop || letters.lost.is_some() || (eager && letters.touched.is_some())) {
            let left = until
                .map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                break;
            }
            // A wait without an end is a very long one: this keeps one way of waiting.
            let left = left.min(Duration::from_secs(3_600));
            letters =
                self.bell.wait_timeout(letters, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let stop = letters.stop;
        let mut taken = std::mem::take(&mut *letters);
        letters.stop = stop;
        if let Some((first, last)) = &mut taken.touched {
            *first = begun.max(*first);
            *last = begun.max(*last);
        }
        taken
    }

    fn open(&self) -> MutexGuard<'_, Letters> {
        // Each letter is whole or not there, so a panic elsewhere leaves nothing half done.
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_events_are_one_letter() {
        let inbox = Inbox::default();
        for _ in 0..10_000 {
            inbox.touch();
        }
        let letters = inbox.wait(None, true);
        assert!(letters.touched.is_some_and(|(first, last)| first <= last));
        assert_eq!(inbox.wait(Some(Instant::now()), true), Letters::default());
    }

    #[test]
    fn one_who_is_not_eager_is_not_woken_by_events() {
        let inbox = Inbox::default();
        inbox.touch();
        let until = Instant::now() + Duration::from_millis(20);
        let letters = inbox.wait(Some(until), false);
        assert!(Instant::now() >= until, "it waited until the end");
        assert!(letters.touched.is_some(), "and then it takes the event");
    }

    #[test]
    fn events_from_before_the_waiting_count_as_of_its_beginning() {
        let inbox = Inbox::default();
        inbox.touch();
        let between = Instant::now();
        let (first, last) = inbox.wait(None, true).touched.expect("there was one");
        assert!(first >= between && last >= between);
    }

    #[test]
    fn what_is_lost_last_counts_and_wakes_everybody() {
        let inbox = Inbox::default();
        inbox.lose(2, "it is dead");
        inbox.lose(1, "an old one says so late");
        assert_eq!(inbox.wait(None, false).lost, Some((2, "it is dead".to_owned())));
    }

    #[test]
    fn over_is_over() {
        let inbox = Inbox::default();
        inbox.stop();
        assert!(inbox.wait(None, false).stop);
        assert!(inbox.wait(None, false).stop);
    }

    #[test]
    fn a_waiting_thread_is_woken_from_outside() {
        let inbox = std::sync::Arc::new(Inbox::default());
        let waiting = std::thread::spawn({
            let inbox = std::sync::Arc::clone(&inbox);
            move || inbox.wait(None, true)
        });
        inbox.touch();
        assert!(waiting.join().expect("it does not panic").touched.is_some());
    }
}
