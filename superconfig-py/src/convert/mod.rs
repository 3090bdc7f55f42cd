//! Values to and from Python.

mod from_python;
mod to_python;

pub(crate) use from_python::{Given, not_utf_8, table};
pub(crate) use to_python::{Shape, ToPython};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// A class of Python's, imported once.
pub(crate) struct Class {
    known: PyOnceLock<Py<PyType>>,
    module: &'static str,
    name: &'static str,
}

impl Class {
    pub(crate) const fn new(module: &'static str, name: &'static str) -> Self {
        Self { known: PyOnceLock::new(), module, name }
    }

    pub(crate) fn get<'py>(&'py self, py: Python<'py>) -> PyResult<&'py Bound<'py, PyType>> {
        self.known.import(py, self.module, self.name)
    }
}

static DATETIME: Class = Class::new("datetime", "datetime");
static DATE: Class = Class::new("datetime", "date");
static TIME: Class = Class::new("datetime", "time");
