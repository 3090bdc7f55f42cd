//! Objects of Python as values.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::PathBuf;

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use superconfig::value::Table;
use superconfig::{KeyPath, Segment, Value};

use super::Class;

static DATETIME: Class = Class::new("datetime", "datetime");
static DATE: Class = Class::new("datetime", "date");
static TIME: Class = Class::new("datetime", "time");

/// So deep may what a program gives be nested. It is what files may be by default, and ends for a list
/// that holds itself.
const DEPTH: usize = 128;

/// A value that a program gives.
pub(crate) struct Given(pub(crate) Value);

impl<'py> FromPyObject<'_, 'py> for Given {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut path = KeyPath::root();
        value(&object, &mut path).map(Self)
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

fn value(object: &Bound<'_, PyAny>, path: &mut KeyPath) -> PyResult<Value> {
    let py = object.py();
    if path.len() > DEPTH {
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
        return Ok(Value::String(text.to_cow()?.into_owned()));
    }
    if object.is_instance_of::<PyInt>() {
        return object.extract::<i128>().map(Value::Integer).map_err(|_| {
            let message = format!("{}an integer of more than 128 bits", of(path));
            PyOverflowError::new_err(message)
        });
    }
    if let Ok(float) = object.cast::<PyFloat>() {
        return Ok(Value::Float(float.value()));
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        let mut table = Table::new();
        for (key, part) in dict.iter() {
            entry(&mut table, &key, &part, path)?;
        }
        return Ok(Value::Table(table));
    }
    if let Ok(list) = object.cast::<PyList>() {
        return items(list.iter(), path);
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return items(tuple.iter(), path);
    }
    for class in [&DATETIME, &DATE, &TIME] {
        if object.is_instance(class.get(py)?)? {
            return Ok(Value::Datetime(object.call_method0("isoformat")?.extract()?));
        }
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        let mut table = Table::new();
        for pair in mapping.items()?.iter() {
            let (key, part): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
            entry(&mut table, &key, &part, path)?;
        }
        return Ok(Value::Table(table));
    }
    if object.hasattr("__fspath__")? {
        let path: PathBuf = object.extract()?;
        let text = path.into_os_string().into_string();
        return text.map(Value::String).map_err(|path| not_utf_8("path", &path));
    }
    let found = object.get_type().qualname()?;
    Err(PyTypeError::new_err(format!(
        "{}a configuration cannot hold a value of `{found}`",
        of(path)
    )))
}

fn items<'py>(
    items: impl Iterator<Item = Bound<'py, PyAny>>,
    path: &mut KeyPath,
) -> PyResult<Value> {
    let item = |(index, item): (usize, Bound<'py, PyAny>)| below(index, &item, path);
    items.enumerate().map(item).collect::<PyResult<Vec<_>>>().map(Value::List)
}

fn entry(
    table: &mut Table,
    key: &Bound<'_, PyAny>,
    part: &Bound<'_, PyAny>,
    path: &mut KeyPath,
) -> PyResult<()> {
    let Ok(key) = key.cast::<PyString>() else {
        let message = format!("{}the key {} is not a string", of(path), key.repr()?);
        return Err(PyTypeError::new_err(message));
    };
    let key = key.to_cow()?.into_owned();
    table.insert(key.clone(), below(key, part, path)?);
    Ok(())
}

fn below(
    step: impl Into<Segment>,
    object: &Bound<'_, PyAny>,
    path: &mut KeyPath,
) -> PyResult<Value> {
    path.push(step);
    let value = value(object, path);
    path.pop();
    value
}

/// A path that no text can name.
pub(crate) fn not_utf_8(what: &str, path: &OsStr) -> PyErr {
    PyValueError::new_err(format!("the {what} {} is not UTF-8", path.display()))
}

/// What a message about a path begins with.
fn of(path: &KeyPath) -> String {
    let mut text = String::new();
    if !path.is_empty() {
        // Writing to a text does not fail.
        let _ = write!(text, "`{path}`: ");
    }
    text
}
