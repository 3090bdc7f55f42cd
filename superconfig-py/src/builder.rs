//! The steps of a loading.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString, PyTuple};
use superconfig::source::OverrideValue;
use superconfig::{JsonSchema, Limits, SuperConfig, Value, Verbosity};

use crate::convert::{Given, not_utf_8, table};
use crate::environ;
use crate::handle::{ConfigHandle, format_of};
use crate::registry::ConfigRegistry;
use crate::told;

type Native = SuperConfig<Value>;
type Step = Arc<dyn Fn(Native) -> Native + Send + Sync>;

/// Says where a configuration comes from, and loads it. Each step adds a source, and a later one wins
/// over an earlier one. Every step gives the builder itself; nothing is read before `build`.
#[pyclass(frozen, module = "superconfig")]
#[derive(Default)]
pub(crate) struct ConfigBuilder(Mutex<Vec<Step>>);

type This<'s, 'py> = &'s Bound<'py, ConfigBuilder>;

impl ConfigBuilder {
    fn steps(&self) -> MutexGuard<'_, Vec<Step>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn step<'py>(
    this: This<'_, 'py>,
    step: impl Fn(Native) -> Native + Send + Sync + 'static,
) -> Bound<'py, ConfigBuilder> {
    this.get().steps().push(Arc::new(step));
    this.clone()
}

/// Texts given one by one, or as one list. `name` says what each of them is.
fn texts(name: &str, given: &Bound<'_, PyTuple>) -> PyResult<Vec<String>> {
    if let Ok((list,)) = given.extract::<(Vec<String>,)>() {
        return Ok(list);
    }
    let text = |one: Bound<'_, PyAny>| one.extract().map_err(|_| not_text(name, &one));
    given.iter().map(text).collect()
}

/// What is no text where one is needed.
fn not_text(name: &str, found: &Bound<'_, PyAny>) -> PyErr {
    match found.get_type().qualname() {
        Ok(found) => PyTypeError::new_err(format!("{name} must be str, not {found}")),
        Err(error) => error,
    }
}

/// A variable and its value.
fn variable(entry: &Bound<'_, PyAny>) -> PyResult<(OsString, OsString)> {
    let (name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
    let Ok(text) = name.extract::<OsString>() else {
        return Err(not_text("the name of a variable", &name));
    };
    let Ok(value) = value.extract() else {
        return Err(not_text(&format!("the variable {}", text.display()), &value));
    };
    Ok((text, value))
}

#[pymethods]
impl ConfigBuilder {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Adds a file that has to exist, and its siblings for the selected profiles where they exist.
    #[pyo3(signature = (path, /))]
    fn with_file<'py>(slf: This<'_, 'py>, path: PathBuf) -> Bound<'py, Self> {
        step(slf, move |builder| builder.with_file(path.clone()))
    }

    /// The same for a file that may be missing; `None` adds nothing.
    #[pyo3(signature = (path, /))]
    fn with_file_opt<'py>(slf: This<'_, 'py>, path: Option<PathBuf>) -> Bound<'py, Self> {
        match path {
            Some(path) => step(slf, move |builder| builder.with_file_opt(path.clone())),
            None => slf.clone(),
        }
    }

    /// Adds all files that match a pattern, in the order of their names.
    #[pyo3(signature = (pattern, /))]
    fn with_glob<'py>(slf: This<'_, 'py>, pattern: PathBuf) -> PyResult<Bound<'py, Self>> {
        let pattern = pattern.into_os_string().into_string();
        let pattern = pattern.map_err(|path| not_utf_8("pattern", &path))?;
        Ok(step(slf, move |builder| builder.with_glob(pattern.as_str())))
    }

    /// Adds the files that discovery finds: of the system, of the user, and of the project.
    #[pyo3(signature = (app, /))]
    fn with_hierarchical<'py>(slf: This<'_, 'py>, app: String) -> Bound<'py, Self> {
        step(slf, move |builder| builder.with_hierarchical(app.as_str()))
    }

    /// Adds a text of a format: "toml", "yaml" or "json". Messages call it by the name.
    #[pyo3(signature = (text, format="toml", *, name=None))]
    fn with_text<'py>(
        slf: This<'_, 'py>,
        text: String,
        format: &str,
        name: Option<String>,
    ) -> PyResult<Bound<'py, Self>> {
        let format = format_of(format)?;
        Ok(step(slf, move |builder| match &name {
            Some(name) => builder.with_named_text(name.as_str(), format, text.as_str()),
            None => builder.with_text(format, text.as_str()),
        }))
    }

    /// Adds a file of variables; it may be missing.
    #[pyo3(signature = (path=PathBuf::from(".env"), /), text_signature = "($self, path='.env', /)")]
    fn with_dotenv<'py>(slf: This<'_, 'py>, path: PathBuf) -> Bound<'py, Self> {
        step(slf, move |builder| builder.with_dotenv(path.clone()))
    }

    /// Adds the environment: the variables with this prefix. Without one, only variables of keys that
    /// other sources gave count.
    #[pyo3(signature = (prefix=None, /, *, ignore_empty=false))]
    fn with_env<'py>(
        slf: This<'_, 'py>,
        prefix: Option<String>,
        ignore_empty: bool,
    ) -> Bound<'py, Self> {
        step(slf, move |builder| {
            if ignore_empty {
                builder.with_env_ignore_empty(prefix.as_deref())
            } else {
                builder.with_env(prefix.as_deref())
            }
        })
    }

    /// Takes these variables for the environment, as tests do.
    #[pyo3(signature = (variables, /))]
    fn with_env_vars<'py>(
        slf: This<'_, 'py>,
        variables: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        // `os.environ` is a mapping and no dict.
        let Ok(mapping) = variables.cast::<PyMapping>() else {
            let found = variables.get_type().qualname()?;
            let message = format!("variables must be a mapping of str, not {found}");
            return Err(PyTypeError::new_err(message));
        };
        let entries: PyResult<Vec<_>> =
            mapping.items()?.iter().map(|entry| variable(&entry)).collect();
        let entries = entries?;
        Ok(step(slf, move |builder| builder.with_env_vars(entries.clone())))
    }

    /// Adds values that the program has, as a source that messages call by the name.
    #[pyo3(
        signature = (values, /, *, name="a dict of the program".to_owned()),
        text_signature = "($self, values, /, *, name='a dict of the program')"
    )]
    fn with_dict<'py>(
        slf: This<'_, 'py>,
        values: &Bound<'py, PyAny>,
        name: String,
    ) -> PyResult<Bound<'py, Self>> {
        let values = table(values)?;
        Ok(step(slf, move |builder| builder.with_values(name.as_str(), values.clone())))
    }

    /// Declares the settings by a JSON Schema, as a text or as a mapping: names, types, defaults and
    /// secrets come from it, and unknown keys are warnings.
    #[pyo3(signature = (schema, /))]
    fn with_schema<'py>(
        slf: This<'_, 'py>,
        schema: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        let schema = match schema.extract::<String>() {
            Ok(text) => JsonSchema::from(text),
            Err(_) => JsonSchema::from(table(schema)?),
        };
        Ok(step(slf, move |builder| builder.with_schema(schema.clone())))
    }

    /// Adds values below all sources that come later, usually as the first step.
    #[pyo3(signature = (values, /))]
    fn with_defaults<'py>(
        slf: This<'_, 'py>,
        values: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        let values = table(values)?;
        Ok(step(slf, move |builder| builder.with_defaults(values.clone())))
    }

    /// Adds one value. A string is read as that of a variable is: by the kind of value that is there.
    #[pyo3(signature = (path, value, /))]
    fn with_override<'py>(
        slf: This<'_, 'py>,
        path: String,
        value: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        let Given(value) = value.extract()?;
        let value = OverrideValue::of_texts(&value);
        Ok(step(slf, move |builder| builder.with_override(&path, value.clone())))
    }

    /// Adds several values by their paths, as `with_override` does.
    #[pyo3(signature = (values, /))]
    fn with_overrides<'py>(
        slf: This<'_, 'py>,
        values: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        let Value::Table(values) = table(values)? else { return Ok(slf.clone()) };
        for (path, value) in values {
            let value = OverrideValue::of_texts(&value);
            step(slf, move |builder| builder.with_override(&path, value.clone()));
        }
        Ok(slf.clone())
    }

    /// Adds the arguments `--set path=value`; all others are the program's. Without any they are those of
    /// the process.
    #[pyo3(signature = (arguments=None, /))]
    fn with_args<'py>(
        slf: This<'_, 'py>,
        arguments: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, Self>> {
        let arguments = match arguments {
            Some(given) if given.is_instance_of::<PyString>() => {
                let message = "arguments are several: with_args([\"--set\", \"port=80\"])";
                return Err(PyTypeError::new_err(message));
            }
            Some(given) => {
                let text = |one: PyResult<Bound<'py, PyAny>>| {
                    let one = one?;
                    one.extract().map_err(|_| not_text("an argument", &one))
                };
                given.try_iter()?.map(text).collect::<PyResult<Vec<OsString>>>()?
            }
            None => {
                let all: Vec<OsString> = slf.py().import("sys")?.getattr("argv")?.extract()?;
                all.into_iter().skip(1).collect()
            }
        };
        Ok(step(slf, move |builder| builder.with_args(arguments.clone())))
    }

    /// Selects profiles; the last one wins. Names may stand in one text with commas between them.
    #[pyo3(signature = (*names))]
    fn select_profile<'py>(
        slf: This<'_, 'py>,
        names: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, Self>> {
        let names = texts("a profile", names)?.join(",");
        Ok(step(slf, move |builder| builder.select_profile(&names)))
    }

    /// Selects the profiles that a variable names, if it is set and the program selects none.
    #[pyo3(signature = (variable, /))]
    fn select_profile_from<'py>(slf: This<'_, 'py>, variable: String) -> Bound<'py, Self> {
        step(slf, move |builder| builder.select_profile_from(variable.as_str()))
    }

    /// Makes unknown variables errors.
    #[pyo3(signature = (strict=true, /))]
    fn strict<'py>(slf: This<'_, 'py>, strict: bool) -> Bound<'py, Self> {
        step(slf, move |builder| builder.strict_if(strict))
    }

    /// Calls the values at these paths secrets: they are redacted wherever the configuration is shown. In
    /// a pattern `*` stands for one step and `**` for any number of them.
    #[pyo3(signature = (*paths))]
    fn with_secret<'py>(
        slf: This<'_, 'py>,
        paths: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, Self>> {
        let paths = texts("the path of a secret", paths)?;
        Ok(step(slf, move |builder| {
            paths.iter().fold(builder, |builder, path| builder.with_secret(path.as_str()))
        }))
    }

    /// Drops warnings: by code, by key or pattern of keys, or by a part of their text.
    #[pyo3(signature = (*patterns))]
    fn suppress_warnings<'py>(
        slf: This<'_, 'py>,
        patterns: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, Self>> {
        let patterns = texts("a pattern", patterns)?;
        Ok(step(slf, move |builder| builder.suppress_warnings(patterns.clone())))
    }

    /// Prints the steps of the loading to standard error: "silent", "info", "debug" or "trace".
    #[pyo3(signature = (verbosity, /))]
    fn with_verbosity<'py>(slf: This<'_, 'py>, verbosity: &str) -> PyResult<Bound<'py, Self>> {
        let level: Verbosity =
            verbosity.parse().map_err(|unknown| PyValueError::new_err(format!("{unknown}")))?;
        Ok(step(slf, move |builder| builder.with_verbosity(level)))
    }

    /// Says whether a file that others may write is an error or a warning.
    #[pyo3(signature = (strict, /))]
    fn strict_permissions<'py>(slf: This<'_, 'py>, strict: bool) -> Bound<'py, Self> {
        step(slf, move |builder| builder.strict_permissions(strict))
    }

    /// Shows the line of a syntax error as it is, and not masked. Say this only where no file holds a
    /// secret.
    #[pyo3(signature = (show=true, /))]
    fn show_source<'py>(slf: This<'_, 'py>, show: bool) -> Bound<'py, Self> {
        step(slf, move |builder| builder.show_source(show))
    }

    /// Sets how much of anything is accepted; what is not given is as it is without this step.
    #[pyo3(signature = (*, file_bytes=None, depth=None, nodes=None, expanded_bytes=None, key_bytes=None, glob_files=None, variables=None))]
    #[allow(clippy::too_many_arguments)] // each is a limit of its own, called by its name
    fn with_limits<'py>(
        slf: This<'_, 'py>,
        file_bytes: Option<u64>,
        depth: Option<usize>,
        nodes: Option<usize>,
        expanded_bytes: Option<usize>,
        key_bytes: Option<usize>,
        glob_files: Option<usize>,
        variables: Option<usize>,
    ) -> Bound<'py, Self> {
        let mut limits = Limits::default();
        limits.file_bytes = file_bytes.unwrap_or(limits.file_bytes);
        limits.depth = depth.unwrap_or(limits.depth);
        limits.nodes = nodes.unwrap_or(limits.nodes);
        limits.expanded_bytes = expanded_bytes.unwrap_or(limits.expanded_bytes);
        limits.key_bytes = key_bytes.unwrap_or(limits.key_bytes);
        limits.glob_files = glob_files.unwrap_or(limits.glob_files);
        limits.variables = variables.unwrap_or(limits.variables);
        step(slf, move |builder| builder.with_limits(limits.clone()))
    }

    /// Takes this for the working directory: relative paths and discovery begin here.
    #[pyo3(signature = (directory, /))]
    fn with_directory<'py>(slf: This<'_, 'py>, directory: PathBuf) -> Bound<'py, Self> {
        step(slf, move |builder| builder.with_directory(directory.clone()))
    }

    /// Takes this for the file system's root in discovery. Tests and container tools use this.
    #[pyo3(signature = (root, /))]
    fn with_root<'py>(slf: This<'_, 'py>, root: PathBuf) -> Bound<'py, Self> {
        step(slf, move |builder| builder.with_root(root.clone()))
    }

    /// Another builder with the same steps.
    fn copy(&self) -> Self {
        Self(Mutex::new(self.steps().clone()))
    }

    fn __copy__(&self) -> Self {
        self.copy()
    }

    /// Loads the configuration. Other threads run meanwhile.
    #[pyo3(signature = (registry=None))]
    fn build(
        &self,
        py: Python<'_>,
        registry: Option<Bound<'_, ConfigRegistry>>,
    ) -> PyResult<ConfigHandle> {
        let steps = self.steps().clone();
        let registry = registry.map(|registry| registry.get().native().clone());
        let built = environ::detached(py, move || {
            let first = SuperConfig::new().with_env_told(environ::variables());
            let builder = steps.iter().fold(first, |builder, step| step(builder));
            match registry {
                Some(registry) => builder.build_in(&registry),
                None => builder.build(),
            }
        });
        built.map(ConfigHandle::from).map_err(|error| told::error(py, &error))
    }

    /// The same in a thread, for an event loop that must not wait.
    #[pyo3(signature = (registry=None))]
    fn build_async<'py>(
        slf: This<'_, 'py>,
        registry: Option<Bound<'py, ConfigRegistry>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let load = slf.py().import("superconfig._load")?;
        load.call_method1("build_async", (slf, registry))
    }

    /// Loads the configuration and gives it as a model, without a handle that lives on.
    #[pyo3(signature = (model=None, *, path=""))]
    fn extract<'py>(
        slf: This<'_, 'py>,
        model: Option<Bound<'py, PyAny>>,
        path: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let handle = Bound::new(slf.py(), slf.get().build(slf.py(), None)?)?;
        ConfigHandle::extract(&handle, model, path)
    }

    /// The same in a thread, for an event loop that must not wait.
    #[pyo3(signature = (model=None, *, path=""))]
    fn extract_async<'py>(
        slf: This<'_, 'py>,
        model: Option<Bound<'py, PyAny>>,
        path: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let load = slf.py().import("superconfig._load")?;
        load.call_method1("extract_async", (slf, model, path))
    }

    /// How many steps there are: what they hold may be secret.
    fn __repr__(&self) -> String {
        format!("<ConfigBuilder of {} steps>", self.steps().len())
    }
}
