//! What a loading took: made of the loading's journal for those who ask.

use std::time::Duration;

use crate::load::{Done, Journal};

/// What the last loading of a configuration took, source by source; see
/// [`ConfigHandle::metrics`](crate::ConfigHandle::metrics).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadMetrics {
    /// From the first step to the finished value.
    pub duration: Duration,
    /// The last part of it: checking profiles, filling in defaults, validating, telling what is
    /// worth a warning.
    pub resolve: Duration,
    /// The sources, in the order in which they were read.
    pub sources: Vec<SourceMetrics>,
}

/// What one source took, as a part of [`LoadMetrics`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceMetrics {
    /// What the source is called in messages.
    pub source: String,
    /// Files that were opened and made use of: documents and files of variables. Files of secrets,
    /// which variables name, are not counted.
    pub files: usize,
    /// How many of them did not have to be read, as the [registry](crate::ConfigRegistry)'s cache
    /// had what they say.
    pub cached: usize,
    /// The size of all its texts, from files or not.
    pub bytes: u64,
    /// The time to find, open and read.
    pub read: Duration,
    /// The time to make typed values of what was read.
    pub decode: Duration,
    /// The time to put these over the values of earlier sources.
    pub merge: Duration,
}

impl LoadMetrics {
    pub(crate) fn of(journal: &Journal) -> Self {
        let steps_ended = journal.steps.last().map_or(Duration::ZERO, |last| last.ended);
        Self {
            duration: journal.ended,
            resolve: journal.ended.saturating_sub(steps_ended),
            sources: journal.steps.iter().map(SourceMetrics::of).collect(),
        }
    }

    /// The files of all sources.
    pub fn files(&self) -> usize {
        self.sources.iter().map(|source| source.files).sum()
    }

    /// How many of them did not have to be read.
    pub fn cached(&self) -> usize {
        self.sources.iter().map(|source| source.cached).sum()
    }

    /// The size of the texts of all sources.
    pub fn bytes(&self) -> u64 {
        self.sources.iter().map(|source| source.bytes).sum()
    }

    /// The time to read all sources.
    pub fn read(&self) -> Duration {
        self.sources.iter().map(|source| source.read).sum()
    }

    /// The time to decode all sources.
    pub fn decode(&self) -> Duration {
        self.sources.iter().map(|source| source.decode).sum()
    }

    /// The time to merge all sources.
    pub fn merge(&self) -> Duration {
        self.sources.iter().map(|source| source.merge).sum()
    }
}

impl SourceMetrics {
    fn of(done: &Done) -> Self {
        let meter = done.meter;
        let whole = done.ended.saturating_sub(done.began);
        Self {
            source: done.source.clone(),
            files: meter.files,
            cached: meter.cached,
            bytes: meter.bytes,
            read: meter.read,
            decode: whole.saturating_sub(meter.read).saturating_sub(meter.merge),
            merge: meter.merge,
        }
    }
}
