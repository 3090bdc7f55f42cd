//! Where every value came from: what a loading kept is read again, as layers without types whose
//! cells remember the place of each value.
//!
//! | part | does |
//! | --- | --- |
//! | `sources` | reads what was kept into cells, layer by layer |
//! | `spec` | what kind of setting a cell is for |
//! | `scope` | which settings are looked at |
//! | `cell` | what one layer says, behind the same faces as the typed cells |
//! | `standing` | merges cells by the rules of `layer` |
//! | `data` | values, read as far as the name of the declared type tells |
//! | `value`, `write` | the effective values, for programs and as text |
//! | `judge` | what each layer says of one setting, and what became of it |
//! | `ask` | values by their paths |
//! | `locate` | the place of what the program finds wrong afterwards |
//! | `redact` | what the program says of values, without the secrets in it |
//! | `changes` | what is another value after a reload |
//! | `difference` | the values that can differ, without reading what says nothing of them |
//! | `explain`, `report` | what people read |
//! | `narrate` | the steps of the loading, as messages |
//!
//! `docs/PROVENANCE.md` says what is kept and what asking costs.

mod ask;
mod cell;
mod changes;
mod data;
mod difference;
mod explain;
mod given;
mod judge;
mod locate;
mod narrate;
mod redact;
mod report;
mod scope;
mod sources;
mod spec;
mod standing;
mod value;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use changes::Changed;
pub use explain::{Explanation, Said, Statement, Verdict};
pub use report::{Report, Setting};
pub use value::{Effective, EffectiveValue};

pub(crate) use changes::{changed, json as changes_json, pending};
pub(crate) use given::tree as given;
pub(crate) use narrate::Narrator;

use cell::Cell;
use scope::Scope;
use sources::{Sources, Terms};
use spec::Spec;
use standing::Standing;

use crate::error::{ConfigError, Problem};
use crate::format::{Format, Limits};
use crate::load::{Journal, Retained};
use crate::origin::{Clean, Origin};
use crate::path::KeyPath;
use crate::schema::Schema;
use crate::source::{Dependencies, Place};
use crate::value::Secrets;
use crate::verbosity::{DebugMessage, Verbosity};

/// What is kept of a loading.
pub(crate) struct Kept {
    pub(crate) schema: &'static Schema,
    pub(crate) profiles: Vec<String>,
    pub(crate) limits: Limits,
    /// The prefix of the variables, where any are read.
    pub(crate) prefix: Option<String>,
    pub(crate) variables: bool,
    /// The working directory.
    pub(crate) directory: Option<PathBuf>,
    /// Which paths are secrets, where no schema says so.
    pub(crate) secrets: Secrets,
    pub(crate) places: Arc<[Place]>,
    /// What else the loading depended on, for those who watch it.
    #[cfg_attr(not(feature = "watch"), allow(dead_code))] // nobody else watches it
    pub(crate) dependencies: Dependencies,
    pub(crate) retained: Vec<Retained>,
    pub(crate) journal: Journal,
    /// What was loaded first, where some of its values stand until the program is started again.
    pub(crate) pinned: Option<Arc<Self>>,
}

impl Kept {
    /// Whether the sources said the same, to the last byte.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        self.profiles == other.profiles && self.retained == other.retained
    }

    fn terms(&self) -> Terms<'_> {
        let Self { schema, profiles, limits, secrets, .. } = self;
        Terms { schema, profiles, limits, secrets }
    }

    /// The steps of the loading, as messages. Nothing was written down while it went on: they are
    /// made of what is kept, now.
    pub(crate) fn messages(&self, problems: &[Problem], warnings: &[Problem]) -> Vec<DebugMessage> {
        let mut messages = Vec::new();
        let mut tell = |message| messages.push(message);
        let mut narrator = Narrator::new(self.terms(), Verbosity::Trace);
        narrator.start(self.journal.profiles_from.as_ref(), &mut tell);
        for done in &self.journal.steps {
            narrator.begin(&done.source, done.began, &mut tell);
            narrator.done(done, &self.places, &self.retained, problems, &mut tell);
        }
        let told = self.journal.steps.last().map_or(0, |last| last.problems.end);
        narrator.end(self.journal.ended, problems, told, warnings, &mut tell);
        messages
    }
}

/// Where the values of one loading came from. It speaks of the texts as they were loaded, however
/// long ago, and whether or not the files still say so.
///
/// Each question reads them again, so an answer costs about as much as loading did, and keeping
/// the possibility to ask costs the memory of the texts.
#[derive(Clone)]
pub struct Provenance(pub(crate) Arc<Kept>);

impl std::fmt::Debug for Provenance {
    /// Without the texts: there are secrets in them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provenance").field("schema", &self.0.schema.name).finish_non_exhaustive()
    }
}

/// What was kept, read and merged.
struct Trace<'k> {
    kept: &'k Kept,
    sources: Sources<'k>,
    cells: Vec<Cell>,
    root: Standing,
}

impl<'k> Trace<'k> {
    fn of(kept: &'k Kept) -> Self {
        let (sources, cells) = Sources::read(kept.terms(), &kept.retained);
        let mut root = Standing::root(Spec::root(kept.schema), &Scope::All);
        for cell in &cells {
            if sources.not_selected(cell.layer()).is_none() {
                root.apply(cell.clone(), &sources);
            }
        }
        Self { kept, sources, cells, root }
    }

    /// The values that the sources come to.
    fn said(&self) -> EffectiveValue {
        self.root.effective(&self.sources)
    }

    /// The values that are in force: what needs a restart is as it was at the start.
    fn effective(&self) -> EffectiveValue {
        let mut value = self.said();
        if let Some(first) = &self.kept.pinned {
            value.pin(self.kept.schema, &Trace::of(first).effective());
        }
        value
    }
}

impl Provenance {
    /// The effective values, with the origin of each. Secrets are redacted.
    pub fn to_value(&self) -> EffectiveValue {
        Trace::of(&self.0).effective()
    }

    /// The effective values as a text that gives them when it is loaded. Secrets are redacted; with
    /// [`to_value`](Self::to_value), [`EffectiveValue::expose_secrets`] and
    /// [`EffectiveValue::to_string_in`] they are not.
    pub fn to_string_in(&self, format: Format) -> String {
        self.to_value().to_string_in(format)
    }

    /// Where the value of a setting comes from: a place in a file, a variable, an argument, an
    /// override, a default. `None` where the path names no value, and for what has no value of its
    /// own: a struct, an `Option` that no source sets.
    pub fn origin(&self, path: impl Into<KeyPath>) -> Option<Origin> {
        let trace = Trace::of(&self.0);
        let path = explain::spelled(self.0.schema, &path.into());
        trace.effective().get(path)?.origin().cloned()
    }

    /// Everything that any source says of a setting, and what became of it.
    ///
    /// # Errors
    ///
    /// There is no such setting: `SC0801`, with the nearest one.
    pub fn explain(&self, path: impl Into<KeyPath>) -> Result<Explanation, ConfigError> {
        explain::explain(&Trace::of(&self.0), &path.into())
    }

    /// All settings with their values and origins, and the places that were looked at.
    pub fn report(&self) -> Report {
        report::report(&Trace::of(&self.0))
    }
}

impl EffectiveValue {
    /// As a text of a format, which gives these values when it is loaded. Settings that are `None` are
    /// left out of TOML, and a value that only the program knows ([`Effective::Code`]) becomes a comment or,
    /// in JSON, is left out: loading gives it again.
    pub fn to_string_in(&self, format: Format) -> String {
        write::document(self, format)
    }

    /// On one line of JSON.
    pub fn to_json(&self) -> String {
        write::json(self)
    }
}

/// The width that people's terminals have.
const WIDTH: usize = 80;

/// Appends a text to `out`, broken at spaces where it is too long for a line.
fn wrapped(out: &mut String, indent: usize, text: &str) {
    if text.is_empty() {
        out.push('\n');
        return;
    }
    let mut column = 0;
    for (at, word) in text.split(' ').enumerate() {
        let width = word.chars().count();
        let breaks = at > 0 && column + 1 + width > WIDTH;
        if at == 0 || breaks {
            if breaks {
                out.push('\n');
            }
            // What follows the first line stands a little behind it.
            let indent = if breaks { indent + 2 } else { indent };
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
}

/// The path of a place, from the working directory where it is in there.
fn shown(place: &Place, directory: Option<&Path>) -> String {
    let below = directory.and_then(|directory| place.path.strip_prefix(directory).ok());
    Clean(&below.unwrap_or(&place.path).to_string_lossy()).to_string()
}

/// Values are cut to this width.
const VALUE_WIDTH: usize = 56;

/// A text cut to a width.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
