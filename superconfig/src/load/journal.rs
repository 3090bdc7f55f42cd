//! What a loading did, as little as is needed to tell it later: no text is made here.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::{Load, Plan, Retained};
use crate::error::Problem;
use crate::origin::Origin;
use crate::source::{Dependencies, Place, Tally};
use crate::stack::Stack;

/// The steps of a loading.
#[derive(Clone)]
pub(crate) struct Journal {
    /// When the loading began, where anybody may ask what it took.
    began: Option<Instant>,
    /// The variable that selected the profiles, where it was one.
    pub(crate) profiles_from: Option<Origin>,
    pub(crate) steps: Vec<Done>,
    /// What the step in work has taken so far.
    pub(crate) meter: Meter,
    /// When the loading was over.
    pub(crate) ended: Duration,
}

/// What a step took. Its time is that of reading, of merging, and of decoding, which is the rest.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Meter {
    pub(crate) files: usize,
    /// How many of the files did not have to be read.
    pub(crate) cached: usize,
    /// The size of all texts.
    pub(crate) bytes: u64,
    pub(crate) read: Duration,
    pub(crate) merge: Duration,
}

/// A step that was carried out, and what came of it: parts of the loading's own lists.
#[derive(Clone)]
pub(crate) struct Done {
    /// What the source is called.
    pub(crate) source: String,
    pub(crate) began: Duration,
    pub(crate) ended: Duration,
    pub(crate) meter: Meter,
    pub(crate) places: Range<usize>,
    pub(crate) retained: Range<usize>,
    pub(crate) problems: Range<usize>,
}

/// What was read, and how.
pub(crate) struct Read {
    pub(crate) places: Vec<Place>,
    pub(crate) dependencies: Dependencies,
    pub(crate) retained: Vec<Retained>,
    pub(crate) journal: Journal,
}

impl Journal {
    pub(super) fn new(plan: &Plan) -> Self {
        let profiles_from = plan.profiles_from.clone();
        let (began, ended) = (plan.metered.then(Instant::now), Duration::ZERO);
        Self { began, profiles_from, steps: Vec::new(), meter: Meter::default(), ended }
    }

    /// The time since the loading began.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.map_or(Duration::ZERO, |began| began.elapsed())
    }

    /// When the step in work began: the steps follow one another.
    fn step_began(&self) -> Duration {
        self.steps.last().map_or(Duration::ZERO, |last| last.ended)
    }

    /// Notes that the source in work has been read, and is going to be decoded.
    pub(super) fn has_read(&mut self, tally: Tally) {
        self.meter.files += tally.files;
        self.meter.cached += tally.cached;
        self.meter.bytes += tally.bytes;
        self.meter.read = self.elapsed().saturating_sub(self.step_began());
    }
}

impl Load<'_> {
    /// Merges the layers in work, and notes how long that takes.
    pub(super) fn commit(&mut self, stack: &mut dyn Stack) {
        let began = self.journal.elapsed();
        stack.commit();
        self.journal.meter.merge += self.journal.elapsed().saturating_sub(began);
    }

    /// Keeps what was read. What has been told since something was kept is about it.
    pub(crate) fn retain(&mut self, retained: Retained) {
        if self.plan.value_alone {
            return;
        }
        let turn = self.retained.len();
        for told in [&mut self.problems, &mut self.warnings] {
            let new = told.iter_mut().rev().take_while(|problem| problem.turn.is_none());
            new.for_each(|problem| problem.turn = Some(turn));
        }
        self.retained.push(retained);
    }

    /// Notes that all was done.
    pub(crate) fn end(&mut self) {
        self.journal.ended = self.journal.elapsed();
    }

    /// The problems, the warnings, and what was read.
    pub(crate) fn into_parts(self) -> (Vec<Problem>, Vec<Problem>, Read) {
        let Self { problems, warnings, places, dependencies, retained, journal, .. } = self;
        (problems, warnings, Read { places, dependencies, retained, journal })
    }

    /// What explains values, before the loading is over.
    pub(crate) fn so_far(&self) -> Read {
        Read {
            places: Vec::new(),
            dependencies: Dependencies::default(),
            retained: self.retained.clone(),
            journal: self.journal.clone(),
        }
    }

    /// Notes that a step was carried out.
    pub(crate) fn done(&mut self, source: String) {
        let last = self.journal.steps.last();
        let from = |end: fn(&Done) -> usize| last.map_or(0, end);
        let done = Done {
            source,
            began: self.journal.step_began(),
            ended: self.journal.elapsed(),
            meter: self.journal.meter,
            places: from(|last| last.places.end)..self.places.len(),
            retained: from(|last| last.retained.end)..self.retained.len(),
            problems: from(|last| last.problems.end)..self.problems.len(),
        };
        self.journal.steps.push(done);
        self.journal.meter = Meter::default();
    }
}
