//! When a burst of events is over.

use std::time::{Duration, Instant};

/// Waits until nothing has happened for a while, but never longer than a limit: whoever saves a
/// file touches it several times, and whoever writes without end must not keep everybody waiting.
///
/// It knows no clock; every instant is handed to it.
#[derive(Debug, Clone)]
pub(super) struct Debounce {
    quiet: Duration,
    longest: Duration,
    burst: Option<Burst>,
}

#[derive(Debug, Clone, Copy)]
struct Burst {
    first: Instant,
    last: Instant,
}

impl Debounce {
    /// A limit that is shorter than the quiet period would end every burst early, so it is raised.
    pub(super) fn new(quiet: Duration, longest: Duration) -> Self {
        Self { quiet, longest: longest.max(quiet), burst: None }
    }

    /// Something happened between these instants.
    pub(super) fn touch(&mut self, first: Instant, last: Instant) {
        let burst = self.burst.get_or_insert(Burst { first, last });
        burst.last = burst.last.max(last);
    }

    /// When the burst is over, if there is one and nothing more happens.
    pub(super) fn due(&self) -> Option<Instant> {
        let Burst { first, last } = self.burst?;
        Some((last + self.quiet).min(first + self.longest))
    }

    /// Whether a burst is over; then the next event begins another.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let over = self.due().is_some_and(|due| due <= now);
        if over {
            self.burst = None;
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn usual() -> (Debounce, Instant) {
        (Debounce::new(100 * MS, 200 * MS), Instant::now())
    }

    #[test]
    fn nothing_is_due_where_nothing_happened() {
        let (mut debounce, start) = usual();
        assert_eq!(debounce.due(), None);
        assert!(!debounce.take(start + 1_000 * MS));
    }

    #[test]
    fn a_burst_is_over_when_it_was_quiet_for_long_enough() {
        let (mut debounce, start) = usual();
        debounce.touch(start, start);
        debounce.touch(start + 60 * MS, start + 60 * MS);
        assert_eq!(debounce.due(), Some(start + 160 * MS));
        assert!(!debounce.take(start + 159 * MS));
        assert!(debounce.take(start + 160 * MS));
        assert!(!debounce.take(start + 500 * MS), "it was taken");
    }

    #[test]
    fn events_without_end_are_looked_at_each_200_ms_and_the_last_one_too() {
        let (mut debounce, start) = usual();
        let mut taken = Vec::new();
        for ms in 0..1_000 {
            let now = start + ms * MS;
            debounce.touch(now, now);
            if debounce.take(now) {
                taken.push(ms);
            }
        }
        assert_eq!(taken, [200, 401, 602, 803]);
        assert!(debounce.take(start + 1_099 * MS), "what came last is not forgotten");
    }

    #[test]
    fn an_event_behind_the_end_of_a_burst_begins_another() {
        let (mut debounce, start) = usual();
        debounce.touch(start, start);
        assert!(debounce.take(start + 100 * MS));
        debounce.touch(start + 101 * MS, start + 101 * MS);
        assert_eq!(debounce.due(), Some(start + 201 * MS));
    }

    #[test]
    fn instants_that_come_late_do_not_turn_the_clock_back() {
        let (mut debounce, start) = usual();
        debounce.touch(start + 50 * MS, start + 50 * MS);
        debounce.touch(start, start);
        assert_eq!(debounce.due(), Some(start + 150 * MS));
    }

    #[test]
    fn a_limit_below_the_quiet_period_is_raised() {
        let mut debounce = Debounce::new(100 * MS, MS);
        let start = Instant::now();
        debounce.touch(start, start);
        assert_eq!(debounce.due(), Some(start + 100 * MS));
    }
}
