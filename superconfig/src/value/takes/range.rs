//! Numbers from here to there, and so many characters, items or keys.

use std::fmt::Display;

use super::scalar;
use crate::decode::{Fault, FaultKind, Found, Reader};
use crate::value::Value;

/// Numbers from here to there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range<N> {
    pub(crate) low: Option<N>,
    pub(crate) high: Option<N>,
    /// Whether `low` itself is not taken.
    pub(crate) above: bool,
    /// Whether `high` itself is not taken.
    pub(crate) below: bool,
    pub(crate) multiple_of: Option<N>,
}

impl<N> Default for Range<N> {
    fn default() -> Self {
        Self { low: None, high: None, above: false, below: false, multiple_of: None }
    }
}

impl<N: PartialOrd + Display + Copy> Range<N> {
    fn holds(&self, value: N) -> bool {
        let low = self.low.is_none_or(|low| value > low || (value == low && !self.above));
        let high = self.high.is_none_or(|high| value < high || (value == high && !self.below));
        low && high
    }

    /// `an integer from 1 to 5`
    pub(super) fn words(&self, what: &str) -> String {
        let Self { low, high, above, below, multiple_of } = *self;
        let mut words = what.to_owned();
        match (low, high) {
            (Some(low), Some(high)) if !above && !below => {
                words.extend([format!(" from {low} to {high}")]);
            }
            _ => {
                let least = if above { "above" } else { "of at least" };
                let most = if below { "below" } else { "of at most" };
                words.extend(low.map(|low| format!(" {least} {low}")));
                words.extend((low.is_some() && high.is_some()).then(|| " and".to_owned()));
                words.extend(high.map(|high| format!(" {most} {high}")));
            }
        }
        words.extend(multiple_of.map(|step| format!(", a multiple of {step}")));
        words
    }
}

impl Range<i128> {
    pub(super) fn integer(&self, reader: &Reader<'_>) -> Result<Value, Fault> {
        let read = scalar(reader, "an integer")?.to_integer::<i128>(&i128::MIN, &i128::MAX);
        let value = read.map_err(|fault| fault.expecting(|| self.words("an integer")))?;
        let fits = self.multiple_of.is_none_or(|step| step == 0 || value % step == 0);
        if self.holds(value) && fits {
            return Ok(value.into());
        }
        let found = found(reader, "the integer");
        Err(Fault::new(FaultKind::Range { expected: self.words("an integer"), found }))
    }
}

impl Range<f64> {
    pub(super) fn number(&self, reader: &Reader<'_>) -> Result<Value, Fault> {
        let read = scalar(reader, "a number")?.to_float();
        let value = read.map_err(|fault| fault.expecting(|| self.words("a number")))?;
        // Of a decimal step, as 0.1 is, the quotient is only nearly whole.
        let fits = self.multiple_of.is_none_or(|step| {
            let quotient = value / step;
            (quotient - quotient.round()).abs() <= f64::EPSILON * quotient.abs().max(1.0)
        });
        if self.holds(value) && fits {
            return Ok(value.into());
        }
        let found = found(reader, "the number");
        Err(Fault::new(FaultKind::Range { expected: self.words("a number"), found }))
    }
}

/// A number that does not fit, as it is written; a text is known to be one here.
fn found(reader: &Reader<'_>, what: &'static str) -> Found {
    reader.as_text().map_or_else(|| reader.found(), |text| Found::value(what, text.trim()))
}

/// So many characters, items or keys.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Sizes {
    pub(crate) least: Option<usize>,
    pub(crate) most: Option<usize>,
}

impl Sizes {
    pub(crate) fn hold(&self, size: usize) -> bool {
        self.least.is_none_or(|least| size >= least) && self.most.is_none_or(|most| size <= most)
    }

    /// `a list of at least 2 items`
    pub(crate) fn words(&self, what: &str, of: &str) -> String {
        let s = |number: usize| if number == 1 { "" } else { "s" };
        match (self.least, self.most) {
            (None, None) => what.to_owned(),
            (Some(least), None) => format!("{what} of at least {least} {of}{}", s(least)),
            (None, Some(most)) => format!("{what} of at most {most} {of}{}", s(most)),
            (Some(least), Some(most)) if least == most => {
                format!("{what} of {least} {of}{}", s(least))
            }
            (Some(least), Some(most)) => format!("{what} of {least} to {most} {of}{}", s(most)),
        }
    }
}
