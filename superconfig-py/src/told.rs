//! What is told of a configuration, as the classes of the package: plain data that can be compared,
//! copied and pickled, and exceptions that are what a programmer of Python expects.

use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};
use superconfig::{Code, ConfigError, KeyPath, Origin, Problem, Segment};

use crate::convert::Class;
use crate::handle::ConfigHandle;

static ORIGIN: Class = Class::new("superconfig._errors", "Origin");
static PROBLEM: Class = Class::new("superconfig._errors", "Problem");
static ERROR: Class = Class::new("superconfig._errors", "ConfigError");
pub(crate) static KEY_ERROR: Class = Class::new("superconfig._errors", "ConfigKeyError");

pub(crate) fn origin<'py>(py: Python<'py>, origin: &Origin) -> PyResult<Bound<'py, PyAny>> {
    let location = origin.location();
    let file = origin.path().map(|path| path.to_string_lossy());
    ORIGIN.get(py)?.call1((
        origin.to_string(),
        origin.kind(),
        file,
        location.map(|location| location.line),
        location.map(|location| location.column),
        location.and_then(|location| location.profile.as_deref()),
        origin.variable(),
    ))
}

pub(crate) fn problem<'py>(py: Python<'py>, problem: &Problem) -> PyResult<Bound<'py, PyAny>> {
    let path = problem.path.as_ref().filter(|path| !path.is_empty()).map(ToString::to_string);
    let causes: Vec<String> = problem.causes().collect();
    PROBLEM.get(py)?.call1((
        problem.severity().as_str(),
        problem.code.as_str(),
        problem.kind().as_str(),
        path,
        problem.message.as_str(),
        PyTuple::new(py, &problem.help)?,
        PyTuple::new(py, causes)?,
        problem.origin.as_ref().map(|of| origin(py, of)).transpose()?,
        format!("{problem:#}"),
    ))
}

pub(crate) fn problems<'py>(
    py: Python<'py>,
    problems: &[Problem],
) -> PyResult<Bound<'py, PyTuple>> {
    let problems: PyResult<Vec<_>> = problems.iter().map(|one| problem(py, one)).collect();
    PyTuple::new(py, problems?)
}

/// The exception that an error is; its class goes by the first problem.
pub(crate) fn error(py: Python<'_>, error: &ConfigError) -> PyErr {
    exception(py, error, None).map_or_else(|failure| failure, PyErr::from_value)
}

/// The same for a path or an id that leads nowhere, which is a `KeyError` too.
pub(crate) fn key_error(py: Python<'_>, error: &ConfigError) -> PyErr {
    let made = KEY_ERROR.get(py).and_then(|class| exception(py, error, Some(class)));
    made.map_or_else(|failure| failure, PyErr::from_value)
}

/// The exception itself, for those who are given it.
pub(crate) fn exception<'py>(
    py: Python<'py>,
    error: &ConfigError,
    class: Option<&Bound<'py, PyType>>,
) -> PyResult<Bound<'py, PyAny>> {
    let parts = (
        error.to_string(),
        problems(py, error.problems())?,
        problems(py, error.warnings())?,
        error.render(),
        class,
        error.problems().first().and_then(errno),
    );
    ERROR.get(py)?.call_method1("_of", parts)
}

/// The number that the system gave a problem.
fn errno(problem: &Problem) -> Option<i32> {
    problem.source.as_deref()?.downcast_ref::<std::io::Error>()?.raw_os_error()
}

/// What a model refused, as an error with the places of the values.
#[pyfunction]
#[pyo3(signature = (handle, below, refused, /))]
pub(crate) fn refuse<'py>(
    handle: &Bound<'py, ConfigHandle>,
    below: &str,
    refused: Vec<(Vec<Step>, bool, String)>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = handle.py();
    let provenance = handle.get().native().provenance();
    let error = py.detach(|| {
        let located = refused.into_iter().map(|(steps, is_missing, message)| {
            let mut path = KeyPath::parse(below);
            path.extend(steps.into_iter().map(Segment::from));
            let code = if is_missing { Code::Missing } else { Code::Invalid };
            provenance.locate(Problem::new(code, message).at(path))
        });
        let mut located = located.collect::<Vec<_>>().into_iter();
        located.next().map(|first| ConfigError::of(first, located))
    });
    match error {
        Some(error) => exception(py, &error, None),
        None => Err(pyo3::exceptions::PyValueError::new_err("nothing was refused")),
    }
}

/// One step of a path, as models tell it.
#[derive(FromPyObject)]
pub(crate) enum Step {
    Index(usize),
    Key(String),
}

impl From<Step> for Segment {
    fn from(step: Step) -> Self {
        match step {
            Step::Index(index) => index.into(),
            Step::Key(key) => key.into(),
        }
    }
}
