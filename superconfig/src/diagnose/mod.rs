//! From what a walk found to problems that a person can act on.

mod suggest;
mod ways;

pub(crate) use suggest::{closest, suggest};
pub(crate) use ways::Ways;

use crate::decode::{FaultKind, Finding, What};
use crate::error::{Code, Problem};
use crate::format::Format;
use crate::layer::{Unresolved, Why};
use crate::path::{KeyPath, Segment};
use crate::schema::at::{field_at, path_of, schema_at, setting, steps};
use crate::schema::variables::derived_name;
use crate::schema::{Body, Field, Kind, Op, Schema, Step};

/// What messages speak of besides the finding itself.
pub(crate) struct Context<'c> {
    /// The description of the root.
    pub(crate) schema: &'static Schema,
    /// The prefix of the variables, if variables are read.
    pub(crate) prefix: Option<&'c str>,
    /// Whether variables are read at all.
    pub(crate) variables: bool,
    /// Whether variables are above the source that is spoken of.
    pub(crate) overridable: bool,
    /// A file that a missing setting could be written to.
    pub(crate) file: Option<&'c str>,
    /// The format of that file, or of the document that is spoken of.
    pub(crate) format: Option<Format>,
    /// Whether unknown keys are errors.
    pub(crate) strict: bool,
    /// The selected profiles.
    pub(crate) profiles: &'c [String],
}

/// So many of the keys that are known are listed beside one that is not.
const LISTED: usize = 12;

/// Whether a finding is in the way of the value.
pub(crate) fn is_error(finding: &Finding, strict: bool) -> bool {
    match finding.what {
        What::Fault(_) | What::NoTag { .. } => true,
        What::UnknownKey { denied, .. } => denied || strict,
        What::DeprecatedKey { .. } | What::Shadowed { .. } => false,
    }
}

impl Context<'_> {
    /// A finding as a problem, without its place.
    pub(crate) fn problem(&self, finding: &Finding) -> Problem {
        let path = finding.path.clone();
        match &finding.what {
            What::Fault(fault) => {
                let mut problem = Problem::new(fault.code(), fault.to_string()).at(path.clone());
                match fault.kind() {
                    FaultKind::Word { found, known } => {
                        problem = suggest(problem, found, known.iter().copied());
                    }
                    FaultKind::Unknown { found, known } => {
                        problem = suggest(problem, found, known.iter().copied());
                    }
                    FaultKind::Null => {
                        let takers = self.schema.advised("of type `Option`", "whose type has it");
                        problem = problem.help(format!(
                            "give a value, or leave the key out; `null` is for settings {takers}"
                        ));
                    }
                    _ => {}
                }
                problem.help.extend(fault.advice().map(str::to_owned));
                if fault.found().is_some_and(|found| found.contains("${")) {
                    problem = problem.help(
                        "`${…}` is text like any other: nothing is put in its place, so write the value itself",
                    );
                }
                match self.overriding(&path) {
                    // It is read all the same, and what cannot be read stays an error.
                    Some(names) => {
                        problem.help(format!("{names} would override it, once it is corrected"))
                    }
                    None => problem,
                }
            }
            What::UnknownKey { key, schema, .. } => self.unknown_key(key, schema, &path),
            What::DeprecatedKey { key, op } => {
                let name = finding.field.map_or("", |field| field.name);
                let advice = finding.field.and_then(|field| field.deprecated);
                let problem = Problem::new(Code::Deprecated, format!("`{key}` is deprecated"));
                let advice = advice.map_or_else(
                    || format!("write `{name}{}` instead", op.suffix()),
                    str::to_owned,
                );
                problem.at(path).help(advice)
            }
            What::Shadowed { key } => {
                let message = format!("given twice: `{key}` is another spelling of it, and stands");
                Problem::new(Code::Shadowed, message).at(path).help("keep one of the two")
            }
            What::NoTag { tag, known } => {
                let message = format!(
                    "this does not fit every variant that has it, and this source does not say which one is meant by `{tag}`"
                );
                let variables = match self.names(&path.join(*tag)).as_slice() {
                    [] => String::new(),
                    names => format!(" (among variables: {})", names.join(" or ")),
                };
                let help = format!(
                    "set `{tag}` beside it in the same source{variables} to one of {}",
                    quoted(known)
                );
                Problem::new(Code::NoVariant, message).at(path).help(help)
            }
        }
    }

    fn unknown_key(&self, key: &str, schema: &'static Schema, path: &KeyPath) -> Problem {
        let mut problem = Problem::new(Code::UnknownKey, "unknown key").at(path.clone());
        if let Some((field, op)) = schema.find_stem(key) {
            return problem.help(no_such_step(field, op));
        }
        let mut known = Vec::new();
        keys_of(schema, &mut known);
        if let Some(help) = self.of_another_variant(key, path) {
            return problem.help(help);
        }
        // A right name at the wrong level.
        let mut elsewhere = Vec::new();
        self.schema.each_field(&mut |steps, field| {
            if field.name == key {
                elsewhere.push(table_of(steps));
            }
        });
        if let [table] = elsewhere.as_slice() {
            return problem.help(self.belongs(key, table));
        }
        if let Some(help) = self.of_a_path(key, path) {
            return problem.help(help);
        }
        if path.len() == 1 && self.profiles.iter().any(|profile| profile == key) {
            let declare = self.schema.advised("by `profiles(…)`", "in the schema");
            return problem.help(format!(
                "if this is the section of the profile: declare it {declare}, or write [profile.{key}]"
            ));
        }
        let sections = if path.len() == 1 { self.schema.profiles } else { &[] };
        if let Some(close) = closest(key, known.iter().chain(sections).copied()) {
            return problem.help(format!("did you mean `{close}`?"));
        }
        let (first, more) = known.split_at(known.len().min(LISTED));
        if !first.is_empty() {
            let rest =
                if more.is_empty() { String::new() } else { format!(", and {} more", more.len()) };
            let first: Vec<_> =
                first.iter().map(|key| KeyPath::root().join(*key).to_string()).collect();
            problem = problem.help(format!("known here: {}{rest}", first.join(", ")));
        }
        if self.strict || schema.deny_unknown || problem.help.is_empty() {
            let declare = self.schema.advised("a field", "a property");
            problem = problem.help(format!("remove it, or declare {declare} of that name"));
        }
        problem
    }

    /// What to do about a key that is a path: only TOML has those, and not in quotes.
    fn of_a_path(&self, key: &str, path: &KeyPath) -> Option<String> {
        let (_, around) = path.segments().split_last()?;
        let inside = KeyPath::parse(key);
        let meant: KeyPath = around.iter().chain(inside.segments()).cloned().collect();
        field_at(self.schema, &meant).filter(|_| inside.len() > 1)?;
        let (Segment::Key(last), table) = meant.segments().split_last()? else { return None };
        Some(self.belongs(last, &table.iter().cloned().collect()))
    }

    /// What to do about a key that only other variants of the enum have.
    fn of_another_variant(&self, key: &str, path: &KeyPath) -> Option<String> {
        let around: KeyPath = path.segments().split_last()?.1.iter().cloned().collect();
        let Body::Choice { tag, variants } = schema_at(self.schema, &around)?.body else {
            return None;
        };
        let takers: Vec<_> = variants
            .iter()
            .filter(|variant| variant.schema.find(key, &mut 0).is_some())
            .map(|variant| variant.word.name)
            .collect();
        (!takers.is_empty()).then(|| {
            format!("the variant that `{tag}` names has no `{key}`; {} does", either(&takers))
        })
    }

    /// With the variables that would override a value that could be read and is refused.
    pub(crate) fn with_variables(&self, problem: Problem, path: &KeyPath) -> Problem {
        match self.overriding(path) {
            Some(names) => problem.help(format!("{names} would override it")),
            None => problem,
        }
    }

    /// The variables that are above the source and set the setting, where there are any.
    fn overriding(&self, path: &KeyPath) -> Option<String> {
        // No variable sets everything.
        if !self.overridable || path.is_empty() {
            return None;
        }
        let names = self.names(path);
        (!names.is_empty()).then(|| names.join(" or "))
    }

    fn names(&self, path: &KeyPath) -> Vec<String> {
        if !self.variables {
            return Vec::new();
        }
        match steps(self.schema, &setting(self.schema, path)) {
            Some(steps) => {
                let mut names = self.schema.variables_of(self.prefix, &steps);
                if names.is_empty() {
                    names.extend(derived_name(self.schema, self.prefix, &steps));
                }
                names
            }
            None => Vec::new(),
        }
    }

    /// Something that stood in the way of resolving, or was worth a warning there.
    pub(crate) fn unresolved(&self, unresolved: &Unresolved, ways: Ways<'_>) -> Problem {
        let path = unresolved.path.clone();
        match &unresolved.why {
            Why::Missing => {
                let problem = Problem::new(Code::Missing, "required, and no source sets it");
                let help = self.how_to_set(&path, ways);
                problem.at(path).help(help)
            }
            Why::NoVariant { tag, known } => {
                let path = path.join(*tag);
                let help = format!("{}: one of {}", self.how_to_set(&path, ways), quoted(known));
                let message = "required, and no source says which variant it is";
                Problem::new(Code::NoVariant, message).at(path).help(help)
            }
            Why::Invalid(message) => Problem::new(Code::Invalid, message.clone()).at(path),
            Why::Default(fault) => {
                let message = format!("its declared default cannot be read: {fault}");
                Problem::new(Code::BadDefault, message)
                    .at(path)
                    .help("this is a mistake in the program: correct `default` of the field")
            }
            Why::NoElement { len } => {
                let message = format!("there is no such element: the list has {len}");
                Problem::new(Code::NoElement, message)
                    .at(path)
                    .help("positions count from zero; the one behind the last adds an element")
            }
            Why::NothingRemoved(item) => {
                let what = match unresolved.field.map(|field| &field.kind) {
                    Some(Kind::Map | Kind::NestedMap(_)) => "key",
                    Some(Kind::NestedList { .. }) => "element",
                    _ => "item",
                };
                let item = item.as_ref().map_or_else(String::new, |item| format!(" {item:?}"));
                let message = format!("nothing to remove: there is no {what}{item} by then");
                let help = format!("correct it, or take it out of `{}_remove`", last_key(&path));
                Problem::new(Code::NothingRemoved, message).at(path).help(help)
            }
            Why::NoEffect { tag, standing, of } => {
                let message =
                    format!("has no effect: only {of:?} has it, and `{tag}` is {standing:?}");
                let help = format!("remove it, or set `{tag}` to {of:?} as well");
                Problem::new(Code::NoEffect, message).at(path).help(help)
            }
        }
    }
}

/// `"a", "b", "c"`
fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

/// The key that a path ends in.
fn last_key(path: &KeyPath) -> &str {
    let key = path.segments().iter().rev().find_map(|segment| match segment {
        Segment::Key(key) => Some(&**key),
        Segment::Index(_) => None,
    });
    key.unwrap_or_default()
}

/// `"a"`, `"a" or "b"`, `"a", "b" or "c"`
fn either(words: &[&str]) -> String {
    match words {
        [others @ .., last] if !others.is_empty() => format!("{} or \"{last}\"", quoted(others)),
        all => quoted(all),
    }
}

/// Why a setting has no `x_add` or `x_remove`.
pub(crate) fn no_such_step(field: &Field, op: Op) -> String {
    let name = field.name;
    match (&field.kind, op) {
        (Kind::Map | Kind::NestedMap(_), _) => {
            format!("`{name}` is a map, and grows by the keys that are written in it")
        }
        (Kind::NestedList { .. }, _) => {
            format!("the elements of `{name}` have no key to remove them by; `merge_by` names one")
        }
        (kind, _) => {
            let what = if matches!(kind, Kind::Nested(_)) { "a struct" } else { "one value" };
            let takers = if op == Op::Add { "lists and sets" } else { "lists, sets and maps" };
            format!("`{name}` is {what}: only {takers} take `{}`", op.suffix())
        }
    }
}

/// The keys that a struct takes, those of flattened ones included.
fn keys_of(schema: &'static Schema, keys: &mut Vec<&'static str>) {
    match schema.body {
        Body::Record(fields) => {
            for field in fields {
                match field.kind {
                    Kind::Flatten(inner) => keys_of(inner, keys),
                    Kind::Skip => {}
                    _ if keys.contains(&field.name) => {}
                    _ => keys.push(field.name),
                }
            }
        }
        Body::Choice { tag, variants } => {
            keys.push(tag);
            variants.iter().for_each(|variant| keys_of(variant.schema, keys));
        }
        Body::Keyword(_) | Body::Any => {}
    }
}

/// The table that a field is in.
fn table_of(steps: &[Step]) -> KeyPath {
    path_of(&steps[..steps.len() - 1])
}
