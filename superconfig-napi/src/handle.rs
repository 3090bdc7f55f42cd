//! Loading, and asking what was loaded.

use napi::bindgen_prelude::{AsyncTask, External, Unknown};
use napi::{Env, Result, ScopedTask, Task};
use napi_derive::napi;
use superconfig::error::{Color, RenderOptions, render_warnings};
use superconfig::{
    Code, ConfigError, ConfigHandle, ConfigRegistry, KeyPath, Problem, Segment, SuperConfig, Value,
};

use crate::convert::{Encoded, from_js, to_js, unexpected};
use crate::environment::waited_for;
use crate::steps::{builder, format};
use crate::told;

pub(crate) type Handle = ConfigHandle<Value>;

/// Loads a configuration into a handle of the registry.
#[napi]
pub fn build(steps: Unknown<'_>, registry: &External<ConfigRegistry>) -> Result<External<Handle>> {
    let builder = builder(&from_js(steps)?)?;
    let handle =
        waited_for(|| builder.build_in(registry)).map_err(|error| told::failure(&error))?;
    Ok(External::new(handle))
}

/// The same on the thread pool.
#[napi]
pub fn build_async(
    steps: Unknown<'_>,
    registry: &External<ConfigRegistry>,
) -> Result<AsyncTask<Build>> {
    let builder = Some(builder(&from_js(steps)?)?);
    Ok(AsyncTask::new(Build { builder, registry: ConfigRegistry::clone(registry) }))
}

/// A loading on the thread pool.
pub struct Build {
    builder: Option<SuperConfig<Value>>,
    registry: ConfigRegistry,
}

impl<'task> ScopedTask<'task> for Build {
    type Output = Handle;
    type JsValue = Unknown<'task>;

    fn compute(&mut self) -> Result<Handle> {
        let builder = self.builder.take().ok_or_else(|| unexpected("a builder loads once"))?;
        builder.build_in(&self.registry).map_err(|error| told::failure(&error))
    }

    fn resolve(&mut self, env: &'task Env, handle: Handle) -> Result<Unknown<'task>> {
        External::new(handle).into_unknown(env)
    }
}

/// Loads the values alone.
#[napi]
pub fn extract(steps: Unknown<'_>) -> Result<Encoded> {
    let builder = builder(&from_js(steps)?)?;
    let value = waited_for(|| builder.extract()).map_err(|error| told::failure(&error))?;
    Ok(to_js(&value))
}

/// The same on the thread pool.
#[napi]
pub fn extract_async(steps: Unknown<'_>) -> Result<AsyncTask<Extract>> {
    let builder = Some(builder(&from_js(steps)?)?);
    Ok(AsyncTask::new(Extract(builder)))
}

/// A loading of the values alone on the thread pool.
pub struct Extract(Option<SuperConfig<Value>>);

impl Task for Extract {
    type Output = Encoded;
    type JsValue = Encoded;

    fn compute(&mut self) -> Result<Encoded> {
        let builder = self.0.take().ok_or_else(|| unexpected("a builder loads once"))?;
        builder.extract().map(|value| to_js(&value)).map_err(|error| told::failure(&error))
    }

    fn resolve(&mut self, _env: Env, told: Encoded) -> Result<Encoded> {
        Ok(told)
    }
}

/// Lists values in the registry.
#[napi]
pub fn insert(given: Unknown<'_>, registry: &External<ConfigRegistry>) -> Result<External<Handle>> {
    let handle = registry.insert(from_js(given)?).map_err(|error| told::failure(&error))?;
    Ok(External::new(handle))
}

/// The values.
#[napi]
pub fn value(handle: &External<Handle>) -> Encoded {
    to_js(&handle.get())
}

/// The values with secrets redacted.
#[napi]
pub fn shown(handle: &External<Handle>) -> Encoded {
    to_js(&Value::from(&handle.to_value()))
}

/// The values on one line.
#[napi]
pub fn line(handle: &External<Handle>, expose_secrets: bool) -> String {
    let value = handle.to_value();
    if expose_secrets { value.expose_secrets().to_string() } else { value.to_string() }
}

/// The values in a format.
#[napi]
pub fn text(handle: &External<Handle>, as_format: String, expose_secrets: bool) -> Result<String> {
    let format = format(&as_format).ok_or_else(|| unexpected("no such format"))?;
    let value = handle.to_value();
    let value = if expose_secrets { value.expose_secrets() } else { value };
    Ok(value.to_string_in(format))
}

/// The steps of a path: keys as strings, positions as numbers.
#[napi]
pub fn path(text: String) -> Encoded {
    let step = |segment: &Segment| match segment {
        Segment::Key(key) => Value::from(key.as_ref()),
        Segment::Index(at) => Value::Integer(*at as i128),
        _ => Value::Null,
    };
    to_js(&KeyPath::parse(&text).segments().iter().map(step).collect())
}

#[napi]
pub fn origin(handle: &External<Handle>, path: String) -> Encoded {
    let origin = handle.origin(path.as_str());
    to_js(&origin.as_ref().map(told::origin).into())
}

/// Every source that had a say of a setting.
#[napi]
pub fn explain(handle: &External<Handle>, path: String) -> Result<Encoded> {
    let explanation = handle.explain(path.as_str()).map_err(|error| told::failure(&error))?;
    Ok(to_js(&told::explanation(&explanation)))
}

#[napi]
pub fn report(handle: &External<Handle>) -> String {
    handle.report().to_string()
}

/// The paths of all settings.
#[napi]
pub fn paths(handle: &External<Handle>) -> Vec<String> {
    handle.keys().iter().map(ToString::to_string).collect()
}

#[napi]
pub fn debug_messages(handle: &External<Handle>) -> Vec<String> {
    handle.debug_messages().iter().map(ToString::to_string).collect()
}

#[napi]
pub fn has_warnings(handle: &External<Handle>) -> bool {
    !handle.warnings().is_empty()
}

#[napi]
pub fn warnings(handle: &External<Handle>) -> Encoded {
    to_js(&told::problems(handle.warnings()))
}

/// The report of the warnings, for people; without any, nothing.
#[napi]
pub fn warnings_text(handle: &External<Handle>, colored: bool) -> String {
    let color = if colored { Color::Always } else { Color::Never };
    render_warnings(handle.warnings(), RenderOptions::new().color(color))
}

/// Throws an error of what a schema says of values: lists of a message and the steps of a path.
#[napi]
pub fn refuse(handle: &External<Handle>, issues: Unknown<'_>) -> Result<()> {
    let issues = from_js(issues)?;
    let provenance = handle.provenance();
    let problem = |issue: &Value| {
        let [Value::String(message), Value::List(steps)] = issue.as_list()? else { return None };
        let problem = Problem::new(Code::Invalid, message.as_str());
        let path: KeyPath = path_of(steps);
        Some(provenance.locate(if path.is_empty() { problem } else { problem.at(path) }))
    };
    let mut problems = issues.as_list().unwrap_or_default().iter().filter_map(problem);
    let first = problems.next().unwrap_or_else(|| Problem::new(Code::Invalid, "refused"));
    Err(told::failure(&ConfigError::of(first, problems)))
}

fn path_of(steps: &[Value]) -> KeyPath {
    let mut path = KeyPath::root();
    for step in steps {
        match step.as_u64().and_then(|at| usize::try_from(at).ok()) {
            Some(at) => path.push(at),
            None => path.push(step.as_str().unwrap_or_default().to_owned()),
        }
    }
    path
}
