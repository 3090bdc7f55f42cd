//! Objects of Python as values.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fmt::Write;
use std::path::PathBuf;

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use superconfig::value::Table;
use superconfig::{KeyPath, Value};
use toml_datetime::Datetime;

use super::{DATE, DATETIME, TIME};

/// So deep may what a program gives be nested. It is what files may be by default, and ends for a list
/// that holds itself.
const DEPTH: usize = 128;

/// A value that a program gives.
pub(crate) struct Given(pub(crate) Value);

impl<'py> FromPyObject<'_, 'py> for Given {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        value(&object, &At::Root).map(Self)
    }
}

/// A table that a program gives: any mapping.
pub(crate) fn table(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let Given(value) = object.extract()?;
    if value.as_table().is_none() {
        let found = object.get_type().qualname()?;
        return Err(PyTypeError::new_err(format!("a mapping is needed, not a value of `{found}`")));
    }
    Ok(value)
}

/// Where a value stands. That becomes a path when there is something to say.
#[derive(Clone, Copy)]
enum At<'a> {
    Root,
    Key { above: &'a At<'a>, depth: usize, key: &'a str },
    Index { above: &'a At<'a>, depth: usize, index: usize },
}

impl At<'_> {
    fn depth(&self) -> usize {
        match self {
            Self::Root => 0,
            Self::Key { depth, .. } | Self::Index { depth, .. } => *depth,
        }
    }

    fn path(&self) -> KeyPath {
        match self {
            Self::Root => KeyPath::root(),
            Self::Key { above, key, .. } => above.path().join((*key).to_owned()),
            Self::Index { above, index, .. } => above.path().join(*index),
        }
    }
}

fn value(object: &Bound<'_, PyAny>, at: &At<'_>) -> PyResult<Value> {
    let py = object.py();
    if at.depth() > DEPTH {
        let message = format!("nested deeper than {DEPTH} levels, or it holds itself");
        return Err(PyValueError::new_err(message));
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    // `bool` is a subclass of `int`.
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(Value::String(unicode(text, at)?.into_owned()));
    }
    if object.is_instance_of::<PyInt>() {
        // Most integers are small, and those of 128 bits are converted by arithmetic of Python's.
        if let Ok(integer) = object.extract::<i64>() {
            return Ok(Value::Integer(integer.into()));
        }
        return object.extract::<i128>().map(Value::Integer).map_err(|_| {
            let message = format!("{}an integer of more than 128 bits", of(at));
            PyOverflowError::new_err(message)
        });
    }
    if let Ok(float) = object.cast::<PyFloat>() {
        return Ok(Value::Float(float.value()));
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        let mut table = Table::new();
        // A part of it that is a class of the program's, or another thread, may change it meanwhile.
        for (key, part) in dict.copy()?.iter() {
            entry(&mut table, &key, &part, at)?;
        }
        return Ok(Value::Table(table));
    }
    if let Ok(list) = object.cast::<PyList>() {
        return items(list.iter(), at);
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return items(tuple.iter(), at);
    }
    for class in [&DATETIME, &DATE, &TIME] {
        if object.is_instance(class.get(py)?)? {
            let text: String = object.call_method0("isoformat")?.extract()?;
            // TOML has no seconds in an offset, and no offset without a date.
            let is_toml =
                text.parse::<Datetime>().is_ok_and(|it| it.date.is_some() || it.offset.is_none());
            return Ok(if is_toml { Value::Datetime(text) } else { Value::String(text) });
        }
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        let mut table = Table::new();
        for pair in mapping.items()?.iter() {
            let (key, part): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
            entry(&mut table, &key, &part, at)?;
        }
        return Ok(Value::Table(table));
    }
    if object.hasattr("__fspath__")? {
        let path: PathBuf = object.extract()?;
        let text = path.into_os_string().into_string();
        return text.map(Value::String).map_err(|path| not_utf_8("path", &path));
    }
    let found = object.get_type().qualname()?;
    Err(PyTypeError::new_err(format!("{}a configuration cannot hold a value of `{found}`", of(at))))
}

fn items<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>, at: &At<'_>) -> PyResult<Value> {
    let depth = at.depth() + 1;
    let item = |(index, item): (usize, Bound<'py, PyAny>)| {
        value(&item, &At::Index { above: at, depth, index })
    };
    items.enumerate().map(item).collect::<PyResult<Vec<_>>>().map(Value::List)
}

fn entry(
    table: &mut Table,
    key: &Bound<'_, PyAny>,
    part: &Bound<'_, PyAny>,
    at: &At<'_>,
) -> PyResult<()> {
    let Ok(text) = key.cast::<PyString>() else {
        let message = format!("{}the key {} is not a string", of(at), key.repr()?);
        return Err(PyTypeError::new_err(message));
    };
    let key = unicode(text, at)?;
    let value = value(part, &At::Key { above: at, depth: at.depth() + 1, key: &key })?;
    table.insert(key, value);
    Ok(())
}

/// A text, of which the interpreter knows some that nothing else does.
fn unicode<'t>(text: &'t Bound<'_, PyString>, at: &At<'_>) -> PyResult<Cow<'t, str>> {
    text.to_cow().map_err(|_| {
        PyValueError::new_err(format!("{}a text with half a character (a surrogate)", of(at)))
    })
}

/// A path that no text can name.
pub(crate) fn not_utf_8(what: &str, path: &OsStr) -> PyErr {
    PyValueError::new_err(format!("the {what} {} is not UTF-8", path.display()))
}

/// What a message about a path begins with.
fn of(at: &At<'_>) -> String {
    let (mut text, path) = (String::new(), at.path());
    if !path.is_empty() {
        // Writing to a text does not fail.
        let _ = write!(text, "`{path}`: ");
    }
    text
}
