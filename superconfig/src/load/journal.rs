//! What a loading did, as little as is needed to tell it later: no text is made here.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::Load;
use crate::origin::Origin;

/// The steps of a loading.
pub(crate) struct Journal {
    began: Instant,
    /// The variable that selected the profiles, where it was one.
    pub(crate) profiles_from: Option<Origin>,
    pub(crate) steps: Vec<Done>,
    /// When the loading was over.
    pub(crate) ended: Duration,
}

/// A step that was carried out, and what came of it: parts of the loading's own lists.
pub(crate) struct Done {
    /// What the source is called.
    pub(crate) source: String,
    pub(crate) began: Duration,
    pub(crate) ended: Duration,
    pub(crate) places: Range<usize>,
    pub(crate) retained: Range<usize>,
    pub(crate) problems: Range<usize>,
}

impl Journal {
    pub(super) fn new(profiles_from: Option<Origin>) -> Self {
        let (began, ended) = (Instant::now(), Duration::ZERO);
        Self { began, profiles_from, steps: Vec::new(), ended }
    }

    /// The time since the loading began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
}

impl Load<'_> {
    /// Notes that a step was carried out.
    pub(crate) fn done(&mut self, source: String) {
        let last = self.journal.steps.last();
        let from = |end: fn(&Done) -> usize| last.map_or(0, end);
        let done = Done {
            source,
            began: last.map_or(Duration::ZERO, |last| last.ended),
            ended: self.journal.elapsed(),
            places: from(|last| last.places.end)..self.places.len(),
            retained: from(|last| last.retained.end)..self.retained.len(),
            problems: from(|last| last.problems.end)..self.problems.len(),
        };
        self.journal.steps.push(done);
    }
}
