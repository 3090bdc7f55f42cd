//! From a JSON Schema to a description of settings: what the derive makes of a struct.
//!
//! | part | does |
//! | --- | --- |
//! | `view` | what one place says, with what it refers to |
//! | `extension` | `x-superconfig` |
//! | `takes` | which values are taken |
//! | `places` | each place once |
//! | `definition` | structs and enums |
//! | `setting` | the settings of a struct |
//! | `secret` | which values are secrets |
//! | `names` | whether two settings have the same variable |
//!
//! Descriptions live as long as the program, as those of structs do, so that each text is read once
//! and kept.

mod definition;
mod extension;
mod names;
mod places;
mod secret;
mod setting;
mod takes;
mod view;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use definition::{Part, Unchecked};
use view::{Reading, Said};

use crate::decode::{Span, Tree, What, json_text};
use crate::error::{Code, ConfigError, Problem, Severity};
use crate::format::{Format, Limits};
use crate::origin::{Location, Origin};
use crate::schema::Schema;
use crate::value::form::{Form, Shape};
use crate::value::{Shaped, Value};

/// A JSON Schema, for settings that no struct declares: the same names, types, messages and documents
/// as those of a struct. `docs/UNTYPED.md` says what is read of it.
///
/// [`SuperConfig::with_schema`](crate::SuperConfig::with_schema) takes a text or a [`Value`], and
/// anything else that becomes this.
///
/// Each text is read once and kept as long as the program runs, as the description of a struct is.
///
/// ```
/// use superconfig::{Format, JsonSchema};
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let schema = JsonSchema::from(r#"{
///     "title": "Settings",
///     "type": "object",
///     "properties": { "port": { "type": "integer", "default": 8080 } },
///     "x-superconfig": { "env_prefix": "APP" }
/// }"#).schema()?;
/// assert_eq!(schema.env_vars()[0].name, "APP_PORT");
/// assert!(schema.template(Format::Toml).contains("#port = 8080"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonSchema(Arc<str>);

impl From<&str> for JsonSchema {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for JsonSchema {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for JsonSchema {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

impl From<&Value> for JsonSchema {
    fn from(value: &Value) -> Self {
        Self(value.to_string().into())
    }
}

impl From<Value> for JsonSchema {
    fn from(value: Value) -> Self {
        Self::from(&value)
    }
}

impl JsonSchema {
    /// The description of the settings: for a template, a reference, a list of variables.
    ///
    /// # Errors
    ///
    /// The JSON Schema cannot be read: `SC1001`, for each place of it.
    pub fn schema(&self) -> Result<&'static Schema, ConfigError> {
        match self.read() {
            Outcome { form: Some(form), .. } => Ok(schema_of(form)),
            Outcome { problems, .. } => Err(ConfigError::new(problems.clone())),
        }
    }

    /// What comes of it. The same text is read once.
    pub(crate) fn read(&self) -> &'static Outcome {
        static READ: Mutex<Option<HashMap<Arc<str>, &'static Outcome>>> = Mutex::new(None);
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        let read = read.get_or_insert_default();
        read.entry(Arc::clone(&self.0)).or_insert_with(|| Box::leak(Box::new(outcome(&self.0))))
    }
}

/// What comes of reading a JSON Schema.
pub(crate) struct Outcome {
    /// The settings; none, where there are problems.
    pub(crate) form: Option<&'static Form>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Problem>,
}

/// The description of what a form is the form of.
pub(crate) fn schema_of(form: &'static Form) -> &'static Schema {
    static NOTHING: Schema = Schema::new("", crate::schema::Body::Record(&[]));
    match &form.shape {
        Shape::Record(definition) | Shape::Choice(definition) => definition.schema(),
        _ => &NOTHING,
    }
}

/// What messages call a JSON Schema.
const NAME: &str = "the JSON Schema";

fn outcome(text: &str) -> Outcome {
    let failed = |problem| Outcome { form: None, problems: vec![problem], warnings: Vec::new() };
    let tree = if Format::Json.is_enabled() {
        Format::Json.tree(text, &Limits::default()).map_err(|error| {
            let problem = Problem::new(Code::BadSchema, error.message.clone());
            let problem = placed(problem, text, error.span);
            error.help.iter().fold(problem, |problem, help| problem.help(help.clone()))
        })
    } else {
        // Without the format there are no places.
        json_text::parse(text)
            .map_err(|fault| Problem::new(Code::BadSchema, fault.redacted().to_string()))
    };
    let tree = match tree {
        Ok(tree) => tree,
        Err(problem) => return failed(problem),
    };
    let mut reading = Reading::new(&tree);
    let form = root(&mut reading);
    reading.finish_places();
    // Settings without number are not looked at one by one.
    let is_sound = reading.said.iter().all(|said| said.code != Code::BadSchema);
    if let Some(form) = form.filter(|_| is_sound) {
        finish(&mut reading, form);
    }
    // A definition may be looked at more than once.
    let mut told = HashSet::new();
    reading.said.retain(|said| told.insert((said.at.clone(), said.message.clone())));
    let (problems, warnings): (Vec<_>, Vec<_>) =
        reading.said.into_iter().partition(|said| said.code == Code::BadSchema);
    let problem = |said| problem(said, text);
    let problems: Vec<_> = problems.into_iter().map(problem).collect();
    let form = form.filter(|_| problems.is_empty());
    Outcome { form, problems, warnings: warnings.into_iter().map(problem).collect() }
}

/// The outermost struct.
fn root(reading: &mut Reading<'_>) -> Option<&'static Form> {
    let mut view = reading.whole();
    let extension = reading.extension(&view);
    let types = reading.types(&mut view);
    let part = reading.part(&mut view, &types);
    if !matches!(part, Part::Record) {
        if reading.said.is_empty() {
            let message = "the outermost schema is of type \"object\" and has `properties`";
            reading.wrong("#", view.span, message);
        }
        return None;
    }
    let title = view.word("title").and_then(|word| view::as_text(word.tree));
    // Where it is all in one definition, as some tools write it, it is the root all the same.
    view.reference = None;
    let name = title.unwrap_or("Settings");
    let known = reading.define(&view, name, &part, None, &extension);
    Some(Box::leak(Box::new(Form::new(Shape::Record(known.definition)))))
}

/// What can be looked at when all has been read.
fn finish(reading: &mut Reading<'_>, form: &'static Form) {
    for Unchecked { definition, index, at, span } in std::mem::take(&mut reading.defaults) {
        if let Some(form) = definition.fields().get(index) {
            check_default(reading, &at, span, form);
        }
    }
    names::check(reading, schema_of(form));
}

/// Whether the default of a list, a map or an enum can be read.
fn check_default(reading: &mut Reading<'_>, at: &str, span: Option<Span>, form: &'static Form) {
    let Some(default) = &form.default else { return };
    let (_, findings) = Shaped::of(form, &Tree::from(default));
    for finding in findings {
        let what = match finding.what {
            What::Fault(fault) => fault.to_string(),
            What::UnknownKey { key, .. } => format!("unknown key `{key}`"),
            _ => continue,
        };
        let path = finding.path.to_string();
        let path = if path.is_empty() { path } else { format!("`{path}`: ") };
        reading.wrong(at, span, format!("the default does not fit: {path}{what}"));
    }
}

fn problem(said: Said, text: &str) -> Problem {
    let Said { code, at, span, message, help } = said;
    let mut problem = Problem::new(code, format!("{at}: {message}"));
    if code == Code::SchemaKeyword {
        problem.severity = Severity::Warning;
    }
    problem.help.extend(help);
    placed(problem, text, span)
}

/// A problem with its place and its line.
fn placed(problem: Problem, text: &str, span: Option<Span>) -> Problem {
    let Some(span) = span else {
        return problem.from(Origin::Path(NAME.to_owned().into()));
    };
    let location = Location::of(NAME.into(), text, span.range());
    let line_end = text.get(span.range().start..).and_then(|rest| rest.find('\n'));
    let end = line_end.map_or(text.len(), |end| span.range().start + end);
    let problem = problem.from(Origin::Text(location));
    problem.showing(text, span.range().start..span.range().end.min(end))
}

/// A text that lives as long as the program.
fn leaked(text: &str) -> &'static str {
    if text.is_empty() { "" } else { String::leak(text.to_owned()) }
}

/// Values that live as long as the program.
fn leaked_all<T>(values: Vec<T>) -> &'static [T] {
    values.leak()
}

fn leaked_texts(texts: &[&str]) -> &'static [&'static str] {
    leaked_all(texts.iter().map(|text| leaked(text)).collect())
}
