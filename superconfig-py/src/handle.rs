//! A loaded configuration, read as a mapping.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyString, PyTuple, PyType};
use superconfig::{EffectiveValue, Format, KeyPath, Value, WatchOptions};

use crate::change::Change;
use crate::convert::{Class, Shape, ToPython};
use crate::environ;
use crate::events::{Events, Watcher};
use crate::frozen::Cache;
use crate::told;

static EXPLANATION: Class = Class::new("superconfig._errors", "Explanation");

/// A loaded configuration: a read-only mapping, which a reload replaces as a whole.
#[pyclass(frozen, mapping, weakref, module = "superconfig")]
pub(crate) struct ConfigHandle {
    native: superconfig::ConfigHandle<Value>,
    cache: Cache,
}

impl From<superconfig::ConfigHandle<Value>> for ConfigHandle {
    fn from(native: superconfig::ConfigHandle<Value>) -> Self {
        Self { native, cache: Cache::new(true) }
    }
}

impl ConfigHandle {
    /// A handle of a value that the program gave, of which nobody has said that it holds secrets.
    pub(crate) fn given(native: superconfig::ConfigHandle<Value>) -> Self {
        Self { native, cache: Cache::new(false) }
    }

    pub(crate) fn native(&self) -> &superconfig::ConfigHandle<Value> {
        &self.native
    }

    fn table<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(self.cache.get(py, &self.native)?.table(py).clone())
    }
}

/// A path as the library writes it.
fn path_of(path: &str) -> KeyPath {
    KeyPath::parse(path)
}

/// A format by the extension of its files.
pub(crate) fn format_of(name: &str) -> PyResult<Format> {
    let (path, is_one) = (PathBuf::from(format!("file.{name}")), !name.contains(['.', '/', '\\']));
    Format::of_path(&path).filter(|_| is_one).ok_or_else(|| {
        let known = "toml, yaml, yml, json and jsonc";
        PyValueError::new_err(format!("there is no format {name:?}; there are {known}"))
    })
}

#[pymethods]
impl ConfigHandle {
    // A mapping, as `collections.abc.Mapping` says.

    fn __getitem__<'py>(
        slf: &Bound<'py, Self>,
        key: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let handle = slf.get();
        let frozen = handle.cache.get(slf.py(), &handle.native)?;
        match frozen.table(slf.py()).get_item(key)? {
            Some(value) => Ok(value),
            None => Err(missing(slf, key)),
        }
    }

    fn __contains__(&self, py: Python<'_>, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        self.cache.get(py, &self.native)?.table(py).contains(key)
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        Ok(self.cache.get(py, &self.native)?.table(py).len())
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.table(py)?.try_iter()
    }

    fn __reversed__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.table(py)?.call_method0("__reversed__")
    }

    fn __richcmp__<'py>(
        &self,
        other: &Bound<'py, PyAny>,
        operator: CompareOp,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = other.py();
        if !matches!(operator, CompareOp::Eq | CompareOp::Ne) {
            return Ok(py.NotImplemented().into_bound(py));
        }
        let table = self.table(py)?;
        match other.cast::<Self>() {
            Ok(other) => table.rich_compare(other.get().table(py)?, operator),
            Err(_) => table.rich_compare(other, operator),
        }
    }

    /// The keys of the topmost table.
    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.table(py)?.call_method0("keys")
    }

    /// The values of the topmost table.
    fn values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.table(py)?.call_method0("values")
    }

    /// The keys of the topmost table with their values.
    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.table(py)?.call_method0("items")
    }

    /// The value at a path such as "database.pool.max" or "servers[0].host", or the default.
    #[pyo3(signature = (path, default=None, /))]
    fn get<'py>(
        &self,
        path: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = path.py();
        let found = self.cache.get(py, &self.native)?.at(path)?;
        Ok(found.or(default).unwrap_or_else(|| py.None().into_bound(py)))
    }

    /// The values at several paths, all of one generation: a dict of path and value.
    #[pyo3(signature = (paths, default=None, /))]
    fn get_many<'py>(
        &self,
        paths: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = paths.py();
        if paths.is_instance_of::<PyString>() {
            let message = "`get_many` takes several paths: get_many([\"a\", \"b.c\"])";
            return Err(PyTypeError::new_err(message));
        }
        let frozen = self.cache.get(py, &self.native)?;
        let default = default.unwrap_or_else(|| py.None().into_bound(py));
        let many = PyDict::new(py);
        for path in paths.try_iter()? {
            let path = path?;
            match frozen.at(&path)? {
                Some(value) => many.set_item(path, value)?,
                None => many.set_item(path, &default)?,
            }
        }
        Ok(many)
    }

    /// Whether there is a value at a path; `None` counts.
    #[pyo3(signature = (path, /))]
    fn has_key(&self, path: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(self.cache.get(path.py(), &self.native)?.at(path)?.is_some())
    }

    /// A copy as ordinary dicts and lists, to be changed at will.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        match self.native.get().as_table() {
            Some(table) => ToPython::new(py, Shape::Plain).table(table),
            None => Ok(PyDict::new(py)),
        }
    }

    /// With secrets redacted.
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let shown = py.detach(|| Value::from(&self.native.to_value()));
        let shown = ToPython::new(py, Shape::ReadOnly).value(&shown)?;
        Ok(format!("ConfigHandle({})", shown.repr()?))
    }

    /// A handle is the same for all who have it.
    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, _memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        slf
    }

    #[allow(clippy::unused_self)] // the protocol's
    fn __reduce__(&self) -> PyResult<()> {
        let message = "a handle cannot be pickled; to_dict() gives what can be";
        Err(PyTypeError::new_err(message))
    }

    // What is asked about a configuration.

    /// The configuration as a model: a pydantic model, a dataclass, a `TypedDict`, or any other type.
    /// Without one, a copy as ordinary dicts and lists.
    #[pyo3(signature = (model=None, *, path=""))]
    pub(crate) fn extract<'py>(
        slf: &Bound<'py, Self>,
        model: Option<Bound<'py, PyAny>>,
        path: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = slf.py().import("superconfig._extract")?;
        module.call_method1("extract", (slf, model, path))
    }

    /// The same in a thread, for an event loop that must not wait.
    #[pyo3(signature = (model=None, *, path=""))]
    fn extract_async<'py>(
        slf: &Bound<'py, Self>,
        model: Option<Bound<'py, PyAny>>,
        path: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = slf.py().import("superconfig._extract")?;
        module.call_method1("extract_async", (slf, model, path))
    }

    /// Where the value at a path comes from; `None` where there is none, and for tables.
    #[pyo3(signature = (path, /))]
    fn origin<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let origin = py.detach(|| self.native.origin(path_of(path)));
        origin.map(|origin| told::origin(py, &origin)).transpose()
    }

    /// Every source that had a say about the value at a path, and what became of it.
    #[pyo3(signature = (path, /))]
    fn explain<'py>(&self, py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyAny>> {
        let explained = py.detach(|| self.native.explain(path_of(path)));
        let explained = explained.map_err(|error| told::key_error(py, &error))?;
        let value = explained.value.as_ref().map_or(Value::Null, Value::from);
        let value = ToPython::new(py, Shape::ReadOnly).value(&value)?;
        let variables = PyTuple::new(py, &explained.variables)?;
        let parts = (path, value, variables, explained.to_string(), explained.to_json());
        EXPLANATION.get(py)?.call1(parts)
    }

    /// All settings with their values and origins, and the places that were looked at, for people.
    fn report(&self, py: Python<'_>) -> String {
        py.detach(|| self.native.report().to_string())
    }

    /// The paths of all settings that have a value.
    fn paths(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| self.native.keys().iter().map(ToString::to_string).collect())
    }

    /// The values as a text of a format: "toml", "yaml" or "json". Secrets are redacted unless they are
    /// asked for.
    #[pyo3(signature = (format="toml", *, expose_secrets=false))]
    fn to_string(&self, py: Python<'_>, format: &str, expose_secrets: bool) -> PyResult<String> {
        let format = format_of(format)?;
        Ok(py.detach(|| {
            let value = self.native.to_value();
            let value = if expose_secrets { value.expose_secrets() } else { value };
            value.to_string_in(format)
        }))
    }

    /// On one line of JSON, with secrets redacted unless they are asked for. `nan`, the infinities and
    /// date-times are strings there.
    #[pyo3(signature = (*, expose_secrets=false))]
    fn to_json(&self, py: Python<'_>, expose_secrets: bool) -> String {
        py.detach(|| {
            if expose_secrets {
                return self.native.get().to_string();
            }
            EffectiveValue::to_json(&self.native.to_value())
        })
    }

    /// What was worth a warning.
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        told::problems(py, self.native.warnings())
    }

    /// Whether anything was worth a warning.
    fn has_warnings(&self) -> bool {
        !self.native.warnings().is_empty()
    }

    /// Prints the warnings to standard error, as an error's report shows them.
    fn print_warnings(&self, py: Python<'_>) -> PyResult<()> {
        let warnings = self.native.warnings();
        if warnings.is_empty() {
            return Ok(());
        }
        let options = superconfig::error::RenderOptions::new();
        let shown = py.detach(|| superconfig::error::render_warnings(warnings, options));
        // By way of Python's own, which programs and tests redirect.
        let stderr = py.import("sys")?.getattr("stderr")?;
        if stderr.is_none() {
            return Ok(());
        }
        stderr.call_method1("write", (shown + "\n",)).map(|_| ())
    }

    /// The steps of the loading, one line each.
    fn debug_messages(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| self.native.debug_messages().iter().map(ToString::to_string).collect())
    }

    // What goes on after the loading.

    /// Counts the configurations that were published here; what was loaded first is 1.
    #[getter]
    fn generation(&self) -> u64 {
        self.native.generation()
    }

    /// The number of this handle in its registry.
    #[getter]
    fn id(&self) -> u64 {
        self.native.id().to_bits()
    }

    /// Loads again by the same steps, and publishes what came of it. Gives what changed, or `None`.
    fn reload(&self, py: Python<'_>) -> PyResult<Option<Change>> {
        let outcome = environ::detached(py, || self.native.reload());
        outcome.map(|change| change.map(Change::from)).map_err(|error| told::error(py, &error))
    }

    /// The same in a thread, for an event loop that must not wait.
    fn reload_async<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("superconfig._load")?.call_method1("reload_async", (slf,))
    }

    /// Why the last reload failed; `None` if it did not.
    fn last_reload_error<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let failure = py.detach(|| self.native.last_reload_error());
        failure.map(|error| told::exception(py, &error, None)).transpose()
    }

    /// The changes and errors of a subscription, for the half in Python.
    #[pyo3(signature = (pattern, errors, /))]
    fn _events(&self, py: Python<'_>, pattern: Option<&str>, errors: bool) -> PyResult<Events> {
        let events = py.detach(|| Events::subscribe(&self.native, pattern, errors));
        events.map_err(|error| told::error(py, &error))
    }

    /// A watching thread, for the half in Python. What is `None` is as in Rust.
    #[pyo3(signature = (options=Options::default(), /))]
    fn _watcher(&self, py: Python<'_>, options: Options) -> PyResult<Watcher> {
        let options = options.given()?;
        let watch = py.detach(|| self.native.watch(options));
        watch.map(Watcher::from).map_err(|error| told::error(py, &error))
    }

    /// Calls a function with each change of what the pattern means, on a thread of its own.
    #[pyo3(signature = (pattern, callback, /))]
    fn on_change<'py>(
        slf: &Bound<'py, Self>,
        pattern: &str,
        callback: Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        living(slf.py())?.call_method1("on_change", (slf, pattern, callback))
    }

    /// Calls a function with the error of each reload that fails, on a thread of its own.
    #[pyo3(signature = (callback, /))]
    fn on_error<'py>(
        slf: &Bound<'py, Self>,
        callback: Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        living(slf.py())?.call_method1("on_error", (slf, callback))
    }

    /// Reloads when files change, until what this gives is closed: a context manager.
    #[pyo3(signature = (
        callback=None, *, pattern="**", on_error=None, debounce=None, max_wait=None, events=None,
        poll_every=None, check_every=None, max_directories=None,
    ))]
    #[allow(clippy::too_many_arguments)] // each has a name
    fn watch<'py>(
        slf: &Bound<'py, Self>,
        callback: Option<Bound<'py, PyAny>>,
        pattern: &str,
        on_error: Option<Bound<'py, PyAny>>,
        debounce: Option<f64>,
        max_wait: Option<f64>,
        events: Option<bool>,
        poll_every: Option<f64>,
        check_every: Option<f64>,
        max_directories: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let options = (debounce, max_wait, events, poll_every, check_every, max_directories);
        living(slf.py())?.call_method1("watch", (slf, callback, pattern, on_error, options))
    }

    /// The same for as long as the process lives, or until what this gives is closed.
    #[pyo3(signature = (
        callback=None, *, pattern="**", on_error=None, debounce=None, max_wait=None, events=None,
        poll_every=None, check_every=None, max_directories=None,
    ))]
    #[allow(clippy::too_many_arguments)] // each has a name
    fn enable_hot_reload<'py>(
        slf: &Bound<'py, Self>,
        callback: Option<Bound<'py, PyAny>>,
        pattern: &str,
        on_error: Option<Bound<'py, PyAny>>,
        debounce: Option<f64>,
        max_wait: Option<f64>,
        events: Option<bool>,
        poll_every: Option<f64>,
        check_every: Option<f64>,
        max_directories: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let options = (debounce, max_wait, events, poll_every, check_every, max_directories);
        living(slf.py())?
            .call_method1("enable_hot_reload", (slf, callback, pattern, on_error, options))
    }

    /// The changes to come, as an asynchronous iterator. Files are watched meanwhile, unless `watch` is
    /// false.
    #[pyo3(signature = (pattern="**", *, watch=true))]
    fn changes<'py>(
        slf: &Bound<'py, Self>,
        pattern: &str,
        watch: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        living(slf.py())?.call_method1("Changes", (slf, pattern, watch))
    }
}

/// The half in Python that knows threads and event loops.
fn living(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    py.import("superconfig._living")
}

/// How files are watched, in the order of the arguments of `watch`.
#[derive(FromPyObject, Default)]
struct Options(Option<f64>, Option<f64>, Option<bool>, Option<f64>, Option<f64>, Option<usize>);

impl Options {
    fn given(self) -> PyResult<WatchOptions> {
        let Self(debounce, max_wait, events, poll_every, check_every, max_directories) = self;
        let mut options = WatchOptions::default();
        let times = [
            ("debounce", debounce, &mut options.debounce),
            ("max_wait", max_wait, &mut options.max_wait),
            ("poll_every", poll_every, &mut options.poll_every),
            ("check_every", check_every, &mut options.check_every),
        ];
        for (name, given, time) in times {
            if let Some(given) = given {
                *time = seconds(name, given)?;
            }
        }
        options.events = events.unwrap_or(options.events);
        options.max_directories = max_directories.unwrap_or(options.max_directories);
        Ok(options)
    }
}

pub(crate) fn seconds(name: &str, seconds: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(seconds).map_err(|_| {
        PyValueError::new_err(format!("{name} must be a time in seconds, not {seconds}"))
    })
}

/// A key that is not there. What is said about it is found out when somebody asks: whoever catches a
/// `KeyError` seldom does.
fn missing<'py>(handle: &Bound<'py, ConfigHandle>, key: &Bound<'py, PyAny>) -> PyErr {
    let make = |class: &Bound<'py, PyType>| class.call_method1("_missing", (handle, key));
    let made = told::KEY_ERROR.get(handle.py()).and_then(make);
    made.map_or_else(|failure| failure, PyErr::from_value)
}
