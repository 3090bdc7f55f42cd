//! One setting: every source that had a say in it, and what became of that.

use std::fmt;
use std::path::PathBuf;

use super::judge::{by_default, judge, statements};
use super::spec::{By, Shape};
use super::standing::Standing;
use super::value::{Effective, EffectiveValue};
use super::write::{array, object, quoted};
use super::{Trace, VALUE_WIDTH, cut, shown, wrapped};
use crate::diagnose::closest;
use crate::error::{Code, ConfigError, Problem};
use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
use crate::schema::at::{field_at, path_of, steps, steps_of};
use crate::schema::variables::derived_name;
use crate::schema::{Body, Schema};
use crate::source::Place;
use crate::value::variable_of;

/// Everything that was said of one setting, and what came of it. `Display` is for people, on lines of
/// at most 80 columns; [`to_json`](Self::to_json) is for programs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The setting.
    pub path: KeyPath,
    /// Its documentation.
    pub doc: &'static str,
    /// Its type as declared.
    pub ty: &'static str,
    /// The variables that set it.
    pub variables: Vec<String>,
    /// Its value; `None` where it has none, as a key that was removed from a map.
    pub value: Option<EffectiveValue>,
    /// The value that it will have after a restart, where that is another one: the setting is declared
    /// as `restart_required`, and the sources have changed since the program was started.
    pub pending: Option<EffectiveValue>,
    /// Who had a say, the highest precedence first. Profiles that were not selected come last.
    pub statements: Vec<Statement>,
    /// The places that were looked at for files.
    pub places: Vec<Place>,
    directory: Option<PathBuf>,
}

/// What one source says of a setting.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Statement {
    /// What it does to the setting.
    pub said: Said,
    /// Where it stands.
    pub origin: Origin,
    /// The value or the items, where it has any.
    pub value: Option<EffectiveValue>,
    /// What became of it.
    pub verdict: Verdict,
    /// For a list, the list after this step, unless the step came to nothing.
    pub after: Option<EffectiveValue>,
}

/// What a source does to a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Said {
    /// Gives the value.
    Set,
    /// Adds items.
    Add,
    /// Removes items, keys, or the setting as a whole.
    Remove,
    /// Changes what is inside: an element of a list, entries of a map.
    Change,
    /// Replaces something around the setting, without giving it a value.
    Replace,
}

/// What became of what a source says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Verdict {
    /// It is, or is part of, the value.
    Won,
    /// A later source gives another value.
    Overridden(Origin),
    /// A later source removes it.
    Removed(Origin),
    /// It is in the section of a profile that was not selected.
    NotSelected(String),
    /// It came to nothing, and no single source is the reason.
    NoEffect,
}

pub(super) fn explain(trace: &Trace<'_>, path: &KeyPath) -> Result<Explanation, ConfigError> {
    let schema = trace.kept.schema;
    let path = spelled(schema, path);
    let value = trace.effective().get(path.clone()).cloned();
    let mut pending = None;
    if let Some(first) = &trace.kept.pinned {
        pending = trace.said().get(path.clone()).cloned();
        pending.take_if(|said| value.as_ref().is_some_and(|value| value.same(said)));
        if pending.is_some() && needs_restart(schema, &path) {
            // What is in force was said at the start.
            return Ok(Explanation { pending, ..explain(&Trace::of(first), &path)? });
        }
    }
    let known = steps(schema, &path);
    let field = field_at(schema, &path);
    let mut variables = Vec::new();
    if let (Some(steps), true) = (&known, trace.kept.variables) {
        let prefix = trace.kept.prefix.as_deref();
        variables = schema.variables_of(prefix, steps);
        if variables.is_empty() && field.is_some() {
            variables.extend(derived_name(schema, prefix, steps));
        }
        variables.dedup();
    } else if schema.is_any() && trace.kept.variables && !path.is_empty() {
        variables.push(variable_of(trace.kept.prefix.as_deref(), &steps_of(&path)));
    }
    let standing = standing_at(&trace.root, path.segments());
    let mut found = Vec::new();
    found.extend(standing.and_then(by_default));
    for cell in &trace.cells {
        statements(cell, path.segments(), &trace.sources, &mut found);
    }
    let nothing_said = !schema.is_any() || found.is_empty();
    if known.is_none() && value.is_none() && nothing_said {
        return Err(unknown(trace, &path));
    }
    Ok(Explanation {
        doc: field.map_or("", |field| field.doc),
        ty: field.map_or("", |field| field.ty),
        variables,
        statements: judge(trace, standing, &found),
        value,
        pending,
        places: trace.kept.places.to_vec(),
        directory: trace.kept.directory.clone(),
        path,
    })
}

/// Whether a setting, or one around it, needs a restart.
fn needs_restart(schema: &'static Schema, path: &KeyPath) -> bool {
    let ends = 1..=path.len();
    ends.map(|end| path.segments()[..end].iter().cloned().collect())
        .any(|path: KeyPath| field_at(schema, &path).is_some_and(|field| field.restart_required))
}

/// A path with the keys as they are declared.
pub(super) fn spelled(schema: &'static Schema, path: &KeyPath) -> KeyPath {
    let mut known = KeyPath::root();
    for segment in path.segments() {
        known.push(segment.clone());
        if let Some(field) = field_at(schema, &known) {
            known.pop();
            known.push(field.name);
        }
    }
    known
}

pub(super) fn unknown(trace: &Trace<'_>, path: &KeyPath) -> ConfigError {
    let schema = trace.kept.schema;
    let mut paths = Vec::new();
    schema.each_field(&mut |steps, field| {
        paths.push((path_of(steps).to_string(), field.name.to_owned()));
    });
    if schema.is_any() {
        trace.root.effective(&trace.sources).leaves(&mut KeyPath::root(), &mut |path, _| {
            // The tables on the way can be asked about, too.
            let ways = std::iter::successors(Some(path.clone()), KeyPath::parent);
            for way in ways {
                if let Some(Segment::Key(key)) = way.segments().last() {
                    paths.push((way.to_string(), key.to_string()));
                }
            }
        });
    }
    let text = path.to_string();
    let problem = Problem::new(Code::Usage, "there is no such setting").at(path.clone());
    let close = closest(&text, paths.iter().map(|(path, _)| path.as_str()));
    // A right name at the wrong level.
    let elsewhere = || {
        let last = path.segments().last()?;
        let same = |(_, name): &&(String, String)| matches!(last, Segment::Key(key) if key == name);
        paths.iter().find(same).map(|(path, _)| path.as_str())
    };
    match close.or_else(elsewhere) {
        Some(close) => problem.help(format!("did you mean `{close}`?")).into(),
        None => problem.help("`report()` lists all settings").into(),
    }
}

/// What stands at a path, or the list around it: the elements of a list change their positions.
fn standing_at<'s>(root: &'s Standing, path: &[Segment]) -> Option<&'s Standing> {
    path.iter().try_fold(root, |at, segment| match segment {
        Segment::Key(key) if !matches!(at.spec.shape, Shape::List | Shape::NestedList(..)) => {
            let is_tag = || {
                let Shape::Choice(By(schema)) = at.spec.shape else { return None };
                matches!(schema.body, Body::Choice { tag, .. } if *key == tag).then_some(at)
            };
            is_tag().or_else(|| at.within(key)).or_else(|| at.is_anything().then_some(at))
        }
        _ => Some(at),
    })
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Won => f.write_str("won"),
            Self::Overridden(by) => write!(f, "overridden by {by}"),
            Self::Removed(by) => write!(f, "removed by {by}"),
            Self::NotSelected(profile) => write!(f, "not selected: profile {profile}"),
            Self::NoEffect => f.write_str("without effect"),
        }
    }
}

impl Said {
    /// Its name in the machine form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Change => "change",
            Self::Replace => "replace",
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        let is_set =
            |value: &&EffectiveValue| value.origin().is_some() || *value.value() != Effective::Null;
        let value = self.value.as_ref().filter(is_set);
        let value = value.map_or("not set".to_owned(), ToString::to_string);
        wrapped(&mut out, 0, &format!("{} = {}", self.path, cut(&value, VALUE_WIDTH)));
        if let Some(pending) = &self.pending {
            let pending = cut(&pending.to_string(), VALUE_WIDTH);
            wrapped(&mut out, 2, &format!("after a restart: {pending}"));
            for origin in self.pending.iter().flat_map(EffectiveValue::origins) {
                wrapped(&mut out, 4, &format!("from {origin}"));
            }
        }
        if !self.doc.is_empty() {
            self.doc.lines().for_each(|line| wrapped(&mut out, 2, line));
        }
        if !self.ty.is_empty() {
            wrapped(&mut out, 2, &format!("type: {}", self.ty));
        }
        if !self.variables.is_empty() {
            wrapped(&mut out, 2, &format!("variables: {}", self.variables.join(", ")));
        }
        if !self.statements.is_empty() {
            out.push_str("\nsaid, the highest precedence first:\n");
        }
        for statement in &self.statements {
            let sign = match statement.said {
                Said::Add => "add ",
                Said::Remove => "remove ",
                Said::Change => "change ",
                Said::Set | Said::Replace => "",
            };
            let said = match &statement.value {
                None => format!("{sign}it"),
                Some(value) if *value.value() == Effective::Null => value.to_string(),
                Some(value) => format!("{sign}{}", cut(&value.to_string(), VALUE_WIDTH)),
            };
            wrapped(&mut out, 2, &said);
            wrapped(&mut out, 4, &format!("from {}", statement.origin));
            wrapped(&mut out, 4, &statement.verdict.to_string());
            if let Some(after) = &statement.after {
                wrapped(
                    &mut out,
                    4,
                    &format!("then it is {}", cut(&after.to_string(), VALUE_WIDTH)),
                );
            }
        }
        let parts = self.parts();
        if !parts.is_empty() {
            out.push_str("\nwhat is in it:\n");
        }
        for (path, value) in parts {
            let shown = cut(&value.to_string(), VALUE_WIDTH);
            wrapped(&mut out, 2, &format!("{path} = {shown}"));
            for origin in value.origins() {
                wrapped(&mut out, 4, &format!("from {origin}"));
            }
        }
        let missing: Vec<_> = self.places.iter().filter(|place| !place.found).collect();
        if !missing.is_empty() {
            out.push_str("\nlooked for, and not found:\n");
        }
        for place in missing {
            wrapped(&mut out, 2, &shown(place, self.directory.as_deref()));
        }
        f.write_str(out.trim_end())
    }
}

impl Explanation {
    /// The items or settings in it, each with its path below this one.
    pub fn parts(&self) -> Vec<(KeyPath, EffectiveValue)> {
        let mut parts = Vec::new();
        match self.value.as_ref().map(EffectiveValue::value) {
            Some(Effective::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    parts.push((KeyPath::root().join(index), item.clone()));
                }
            }
            Some(Effective::Table(entries)) if !entries.is_empty() => {
                if let Some(value) = &self.value {
                    value.leaves(&mut KeyPath::root(), &mut |path, value| {
                        parts.push((path.clone(), value.clone()));
                    });
                }
            }
            _ => {}
        }
        parts
    }

    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        let value = |value: &Option<EffectiveValue>| {
            value.as_ref().map_or("null".to_owned(), EffectiveValue::to_json)
        };
        let origin = |origin: Option<&Origin>| {
            origin.map_or("null".to_owned(), |origin| quoted(&origin.to_string()))
        };
        let statement = |one: &Statement| {
            let mut entries = vec![
                ("said", quoted(one.said.as_str())),
                ("value", value(&one.value)),
                ("origin", quoted(&one.origin.to_string())),
                ("verdict", quoted(&one.verdict.to_string())),
            ];
            if one.after.is_some() {
                entries.push(("after", value(&one.after)));
            }
            object(entries)
        };
        let part = |(path, value): &(KeyPath, EffectiveValue)| {
            object([
                ("path", quoted(&path.to_string())),
                ("value", value.to_json()),
                ("origin", origin(value.origin())),
            ])
        };
        let mut entries = vec![
            ("path", quoted(&self.path.to_string())),
            ("doc", quoted(self.doc)),
            ("type", quoted(self.ty)),
            ("variables", array(self.variables.iter().map(|name| quoted(name)))),
            ("value", value(&self.value)),
            ("origin", origin(self.value.as_ref().and_then(EffectiveValue::origin))),
            ("statements", array(self.statements.iter().map(statement))),
            ("parts", array(self.parts().iter().map(part))),
            ("places", super::report::places(&self.places)),
        ];
        if self.pending.is_some() {
            entries.push(("pending", value(&self.pending)));
        }
        object(entries)
    }
}
