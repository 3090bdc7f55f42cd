//! What the core says of a configuration, as values: JavaScript makes its objects of them.

use napi::{Error, Status};
use superconfig::error::RenderOptions;
use superconfig::source::Place;
use superconfig::trace::{Changed, Statement, Verdict};
use superconfig::{
    Change, ConfigError, EffectiveValue, Explanation, KeyPath, Origin, Problem, Value,
};

/// An error of loading, for `lib/error.cjs` to make a `ConfigError` of.
pub(crate) fn failure(error: &ConfigError) -> Error {
    Error::new(Status::GenericFailure, error_value(error).to_string())
}

pub(crate) fn error_value(error: &ConfigError) -> Value {
    Value::table([
        ("message", Value::from(error.to_string())),
        ("report", error.render_with(RenderOptions::plain()).into()),
        ("problems", problems(error.problems())),
        ("warnings", problems(error.warnings())),
        ("context", error.context().to_vec().into()),
    ])
}

pub(crate) fn problems(problems: &[Problem]) -> Value {
    problems.iter().map(problem).collect()
}

/// With the names of the machine form of a report.
fn problem(problem: &Problem) -> Value {
    let path = problem.path.as_ref().filter(|path| !path.is_empty());
    Value::table([
        ("severity", Value::from(problem.severity().as_str())),
        ("code", problem.code.as_str().into()),
        ("kind", problem.kind().as_str().into()),
        ("path", path.map(ToString::to_string).into()),
        ("message", problem.message.as_str().into()),
        ("help", problem.help.clone().into()),
        ("causes", problem.causes().collect::<Vec<_>>().into()),
        ("origin", problem.origin.as_ref().map(origin).into()),
    ])
}

/// With the names of the machine form, where they mean anything, and `text`, the form for people.
pub(crate) fn origin(origin: &Origin) -> Value {
    let mut parts = vec![("text", Value::from(origin.to_string())), ("kind", origin.kind().into())];
    if let Some(path) = origin.path() {
        parts.push(("file", path.to_string_lossy().as_ref().into()));
    }
    if let Some(location) = origin.location() {
        let number = |number: usize| Value::Integer(number as i128);
        parts.extend([
            ("line", number(location.line)),
            ("column", number(location.column)),
            ("start", number(location.start)),
            ("end", number(location.end)),
        ]);
        if let Some(profile) = &location.profile {
            parts.push(("profile", profile.as_str().into()));
        }
    }
    if let Some(variable) = origin.variable() {
        parts.push(("variable", variable.into()));
    }
    match origin {
        Origin::Argument { argument } => parts.push(("argument", argument.as_str().into())),
        Origin::Custom { name } => parts.push(("name", name.as_str().into())),
        _ => {}
    }
    Value::table(parts)
}

pub(crate) fn change(change: &Change<Value>) -> Value {
    change.changed().iter().map(changed).collect()
}

/// A value that is not there is left out, because `null` is one.
fn changed(changed: &Changed) -> Value {
    let origins = |origins: Vec<&Origin>| origins.into_iter().map(origin).collect::<Value>();
    let mut parts = vec![("path", Value::from(changed.path.to_string()))];
    parts.extend(changed.old.as_ref().map(|old| ("old", Value::from(old))));
    parts.extend(changed.new.as_ref().map(|new| ("new", Value::from(new))));
    parts.push(("oldOrigins", origins(changed.old_origins())));
    parts.push(("newOrigins", origins(changed.new_origins())));
    Value::table(parts)
}

/// With the names of its machine form (`to_json`), and `text`, the form for people. Other than there, a verdict is a
/// word with its reason beside it (`by`, `profile`), not one text, an origin has parts, and what is not there is left
/// out, because `null` is a value.
pub(crate) fn explanation(told: &Explanation) -> Value {
    let mut parts = vec![
        ("text", Value::from(told.to_string())),
        ("path", told.path.to_string().into()),
        ("variables", told.variables.clone().into()),
        ("statements", told.statements.iter().map(statement).collect()),
        ("parts", told.parts().iter().map(part).collect()),
        ("places", told.places.iter().map(place).collect()),
    ];
    for (name, text) in [("doc", told.doc), ("type", told.ty)] {
        parts.extend((!text.is_empty()).then(|| (name, Value::from(text))));
    }
    parts.extend(told.value.iter().flat_map(valued));
    parts.extend(told.pending.as_ref().map(|value| ("pending", value.into())));
    Value::table(parts)
}

/// A value and where it comes from.
fn valued(value: &EffectiveValue) -> impl Iterator<Item = (&'static str, Value)> {
    let from = value.origin().map(|from| ("origin", origin(from)));
    [("value", Value::from(value))].into_iter().chain(from)
}

fn statement(told: &Statement) -> Value {
    let mut parts =
        vec![("said", Value::from(told.said.as_str())), ("origin", origin(&told.origin))];
    parts.extend(told.value.as_ref().map(|value| ("value", value.into())));
    let (verdict, because) = match &told.verdict {
        Verdict::Won => ("won", None),
        Verdict::Overridden(by) => ("overridden", Some(("by", origin(by)))),
        Verdict::Removed(by) => ("removed", Some(("by", origin(by)))),
        Verdict::NotSelected(profile) => {
            ("not_selected", Some(("profile", profile.as_str().into())))
        }
        _ => ("no_effect", None),
    };
    parts.push(("verdict", verdict.into()));
    parts.extend(because);
    parts.extend(told.after.as_ref().map(|value| ("after", value.into())));
    Value::table(parts)
}

fn part((path, value): &(KeyPath, EffectiveValue)) -> Value {
    let path = ("path", Value::from(path.to_string()));
    Value::table(std::iter::once(path).chain(valued(value)))
}

fn place(place: &Place) -> Value {
    let path = place.path.to_string_lossy();
    Value::table([("path", Value::from(path.as_ref())), ("found", place.found.into())])
}
