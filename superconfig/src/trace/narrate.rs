//! The steps of a loading, told as messages: while it goes on to those who listen, and afterwards to
//! those who ask. Values are not told, so nobody has to know which of them are secrets; problems and
//! warnings know it themselves.

use std::collections::HashSet;
use std::time::Duration;

use super::cell::{Body, Cell, Step};
use super::sources::{Sources, Terms};
use super::spec::{By, Mark, Shape};
use crate::error::Problem;
use crate::load::{Done, Plan, Retained};
use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
use crate::schema::{Body as SchemaBody, Kind, Op, Schema};
use crate::source::Place;
use crate::verbosity::{DebugMessage, Verbosity};

/// Tells the steps of one loading, in their order.
pub(crate) struct Narrator<'n> {
    terms: Terms<'n>,
    /// What nobody wants to hear is not made.
    level: Verbosity,
    /// Which step is told.
    step: usize,
    source: String,
    elapsed: Duration,
    /// The settings that were given so far.
    given: HashSet<KeyPath>,
}

/// Who is told.
type Tell<'t> = &'t mut dyn FnMut(DebugMessage);

/// So many settings of one layer are told one by one, and of the others the number.
const TOLD: usize = 1000;

/// What messages call all of a configuration: by its type, where it has one.
fn whole(schema: &'static Schema) -> &'static str {
    if schema.is_any() { "the configuration" } else { schema.name }
}

impl<'n> Narrator<'n> {
    pub(super) fn new(terms: Terms<'n>, level: Verbosity) -> Self {
        let (source, given) = (whole(terms.schema).to_owned(), HashSet::new());
        Self { terms, level, step: 0, source, elapsed: Duration::ZERO, given }
    }

    /// For a loading that is going on.
    pub(crate) fn of_plan(plan: &'n Plan, level: Verbosity) -> Self {
        let Plan { schema, profiles, limits, secrets, .. } = plan;
        Self::new(Terms { schema, profiles, limits, secrets }, level)
    }

    /// Before the first step.
    pub(crate) fn start(&self, profiles_from: Option<&Origin>, tell: Tell<'_>) {
        let profiles = self.terms.profiles;
        if profiles.is_empty() {
            return self.tell(Verbosity::Debug, tell, || "no profile is selected".to_owned());
        }
        self.tell(Verbosity::Info, tell, || {
            let by = profiles_from.map_or("the program".to_owned(), Origin::to_string);
            format!("{} selected by {by}", listed("profile", profiles))
        });
    }

    /// Before a step.
    pub(crate) fn begin(&mut self, source: &str, at: Duration, tell: Tell<'_>) {
        self.step += 1;
        source.clone_into(&mut self.source);
        self.elapsed = at;
        self.tell(Verbosity::Debug, tell, || "begins".to_owned());
    }

    /// After a step; the lists are those of the whole loading.
    pub(crate) fn done(
        &mut self,
        done: &Done,
        places: &[Place],
        retained: &[Retained],
        problems: &[Problem],
        tell: Tell<'_>,
    ) {
        self.elapsed = done.ended;
        for place in places.get(done.places.clone()).unwrap_or_default() {
            self.tell(Verbosity::Debug, tell, || {
                let found = if place.found { "found" } else { "not there" };
                format!("looked at {}: {found}", place.path.display())
            });
        }
        let retained = retained.get(done.retained.clone()).unwrap_or_default();
        let problems = problems.get(done.problems.clone()).unwrap_or_default();
        for one in retained {
            self.retained(one, tell);
        }
        done.source.clone_into(&mut self.source);
        if retained.is_empty() && problems.is_empty() {
            self.tell(Verbosity::Info, tell, || "no settings".to_owned());
        }
        self.problems(problems, tell);
    }

    /// After the last step. Of the problems, those that no step had are told.
    pub(crate) fn end(
        &mut self,
        at: Duration,
        problems: &[Problem],
        told: usize,
        warnings: &[Problem],
        tell: Tell<'_>,
    ) {
        let steps = std::mem::take(&mut self.step);
        self.elapsed = at;
        whole(self.terms.schema).clone_into(&mut self.source);
        self.problems(problems.get(told..).unwrap_or_default(), tell);
        for warning in warnings {
            self.tell(Verbosity::Info, tell, || summary("warning", warning));
        }
        self.message(Verbosity::Info, problems.is_empty(), tell, || {
            let given = counted(self.given.len(), "setting");
            let outcome = if problems.is_empty() {
                format!("loaded, {given} given in {}", counted(steps, "step"))
            } else {
                format!("failed, {}", counted(problems.len(), "error"))
            };
            match warnings.len() {
                0 => outcome,
                some => format!("{outcome}, {}", counted(some, "warning")),
            }
        });
    }

    fn problems(&self, problems: &[Problem], tell: Tell<'_>) {
        for problem in problems {
            self.message(Verbosity::Info, false, tell, || summary("error", problem));
        }
    }

    /// What one text or one list of settings gave.
    fn retained(&mut self, retained: &Retained, tell: Tell<'_>) {
        if !self.level.should_display(Verbosity::Info) {
            return;
        }
        let mut form = String::new();
        if let Retained::Document { text, format } = retained {
            text.name.as_ref().clone_into(&mut self.source);
            form = format!(" ({}, {})", format.name(), counted(text.text.len(), "byte"));
            if text.format.is_none() {
                self.tell(Verbosity::Debug, tell, || {
                    format!("the format is {}, by its content", format.name())
                });
            }
        }
        let (sources, cells) = Sources::read(self.terms, std::slice::from_ref(retained));
        let (mut total, mut before) = (0, 0);
        for cell in &cells {
            let mut paths = Vec::new();
            each_given(cell, &mut KeyPath::root(), &mut |path, mark| {
                paths.push((path.clone(), mark));
            });
            if let Some(profile) = sources.not_selected(cell.layer()) {
                self.tell(Verbosity::Debug, tell, || {
                    let count = counted(paths.len(), "setting");
                    format!("{count} for profile {profile}, which is not selected")
                });
                continue;
            }
            if let (Some(profile), false) = (sources.profile(cell.layer()), paths.is_empty()) {
                self.tell(Verbosity::Debug, tell, || {
                    format!("{} for profile {profile}", counted(paths.len(), "setting"))
                });
            }
            for (path, mark) in paths.iter().take(TOLD) {
                self.tell(Verbosity::Trace, tell, || {
                    format!("gives {path} ({})", sources.origin(*mark))
                });
            }
            if let Some(more) = paths.len().checked_sub(TOLD + 1) {
                self.tell(Verbosity::Trace, tell, || {
                    format!("gives {} more", counted(more + 1, "setting"))
                });
            }
            total += paths.len();
            let new = paths.into_iter().filter(|(path, _)| !self.given.insert(path.clone()));
            before += new.count();
        }
        self.tell(Verbosity::Info, tell, || match total {
            0 => format!("no settings{form}"),
            total => format!("{}{form}", counted(total, "setting")),
        });
        if before > 0 {
            self.tell(Verbosity::Debug, tell, || {
                format!("{before} of these had been given before")
            });
        }
    }

    fn tell(&self, level: Verbosity, tell: Tell<'_>, message: impl FnOnce() -> String) {
        self.message(level, true, tell, message);
    }

    fn message(
        &self,
        level: Verbosity,
        success: bool,
        tell: Tell<'_>,
        message: impl FnOnce() -> String,
    ) {
        if self.level.should_display(level) {
            let (step, elapsed, source) = (self.step, self.elapsed, self.source.clone());
            tell(DebugMessage { level, step, source, message: message(), success, elapsed });
        }
    }
}

/// `1 setting`, `2 settings`.
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn listed(what: &str, names: &[String]) -> String {
    format!("{what}{} {}", if names.len() == 1 { "" } else { "s" }, names.join(", "))
}

/// A problem on one line; its report is for other places.
fn summary(severity: &str, problem: &Problem) -> String {
    let origin = problem.origin.as_ref().map_or(String::new(), |origin| format!(" ({origin})"));
    let path = match &problem.path {
        Some(path) if !path.is_empty() => format!("`{path}`: "),
        _ => String::new(),
    };
    format!("{severity} {}: {path}{}{origin}", problem.code, problem.message)
}

/// The settings that a layer gives, and where. What is inside a secret is not looked into: the keys of a
/// map may be as secret as its values.
fn each_given(cell: &Cell, path: &mut KeyPath, each: &mut dyn FnMut(&KeyPath, Mark)) {
    if let Some(mark) = cell.cleared {
        each(path, mark);
    }
    if cell.spec.secret {
        if cell.says_something() {
            each(path, cell.first_mark());
        }
        return;
    }
    match &cell.body {
        Body::Value(Some(item)) => each(path, item.mark),
        Body::Value(None) => {}
        Body::Record(cells) => fields(cell, cells, path, each),
        Body::List { set, add, remove, patches, .. } => {
            for (op, step) in [(Op::Set, set), (Op::Add, add), (Op::Remove, remove)] {
                let Some(Step { mark, .. }) = step else { continue };
                let suffixed = match (path.parent(), path.segments().last()) {
                    (Some(parent), Some(Segment::Key(key))) if op != Op::Set => {
                        parent.join(format!("{key}{}", op.suffix()))
                    }
                    _ => path.clone(),
                };
                each(&suffixed, *mark);
            }
            for (index, cell) in patches {
                path.push(*index);
                each_given(cell, path, each);
                path.pop();
            }
        }
        Body::Map { given, entries, removed } => {
            if let (Some(mark), true, true) = (given, entries.is_empty(), removed.is_empty()) {
                each(path, *mark);
            }
            for (key, cell) in entries.iter() {
                path.push(key.to_owned());
                each_given(cell, path, each);
                path.pop();
            }
            for (key, mark) in removed {
                each(&path.join(key.clone()), *mark);
            }
        }
        Body::Choice { selected, variants } => {
            let Shape::Choice(By(schema)) = cell.spec.shape else { return };
            if let (SchemaBody::Choice { tag, .. }, Some((_, mark))) = (&schema.body, selected) {
                each(&path.join(*tag), *mark);
            }
            // Without a tag each variant was given what it has; one of them tells it.
            let chosen = selected.map_or_else(
                || variants.iter().find(|variant| variant.says_something()),
                |(index, _)| variants.get(index),
            );
            if let Some(variant) = chosen {
                each_given(variant, path, each);
            }
        }
    }
}

fn fields(cell: &Cell, cells: &[Cell], path: &mut KeyPath, each: &mut dyn FnMut(&KeyPath, Mark)) {
    let Shape::Record(By(schema)) = cell.spec.shape else { return };
    for (field, cell) in schema.fields().iter().zip(cells) {
        if matches!(field.kind, Kind::Flatten(_)) {
            each_given(cell, path, each);
        } else {
            path.push(field.name);
            each_given(cell, path, each);
            path.pop();
        }
    }
}
