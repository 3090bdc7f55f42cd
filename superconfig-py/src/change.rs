//! What a reload changed.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};
use superconfig::{EffectiveValue, Provenance, Value};

use crate::convert::{Class, Shape, ToPython};
use crate::told;

static CHANGED: Class = Class::new("superconfig._errors", "Changed");

/// What a reload changed: the configuration before it and after it, and the settings that differ.
#[pyclass(frozen, module = "superconfig")]
pub(crate) struct Change {
    native: superconfig::Change<Value>,
    changed: PyOnceLock<Py<PyTuple>>,
    old: PyOnceLock<Py<PyDict>>,
    new: PyOnceLock<Py<PyDict>>,
}

impl From<superconfig::Change<Value>> for Change {
    fn from(native: superconfig::Change<Value>) -> Self {
        let (changed, old, new) = (PyOnceLock::new(), PyOnceLock::new(), PyOnceLock::new());
        Self { native, changed, old, new }
    }
}

#[pymethods]
impl Change {
    /// Counts the configurations of a handle; what was loaded first is 1.
    #[getter]
    fn generation(&self) -> u64 {
        self.native.generation()
    }

    /// The settings with another value, each with its path, both values and their origins. Secrets are
    /// redacted.
    #[getter]
    fn changed<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTuple>> {
        let changed = self.changed.get_or_try_init(py, || {
            let changed = py.detach(|| self.native.changed());
            let changed = changed.iter().map(|one| changed_of(py, one));
            PyTuple::new(py, changed.collect::<PyResult<Vec<_>>>()?).map(Bound::unbind)
        })?;
        Ok(changed.bind(py))
    }

    /// The configuration before it.
    #[getter]
    fn old<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyDict>> {
        let make = || whole(py, self.native.old(), &self.native.old_provenance());
        Ok(self.old.get_or_try_init(py, make)?.bind(py))
    }

    /// The configuration after it.
    #[getter(new)]
    fn now<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyDict>> {
        let make = || whole(py, self.native.get(), &self.native.provenance());
        Ok(self.new.get_or_try_init(py, make)?.bind(py))
    }

    /// This change and a later one of the same handle as one.
    #[pyo3(signature = (later, /))]
    fn join(&self, later: &Bound<'_, Self>) -> Self {
        self.native.and(&later.get().native).into()
    }

    /// As JSON, on one line. Secrets are redacted.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.native.to_json())
    }

    fn __str__(&self, py: Python<'_>) -> String {
        py.detach(|| self.native.to_string())
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let paths = py.detach(|| {
            let paths = self.native.changed().iter().map(|one| one.path.to_string());
            paths.collect::<Vec<_>>().join(", ")
        });
        format!("<Change to generation {}: {paths}>", self.generation())
    }
}

fn whole(py: Python<'_>, value: &Value, provenance: &Provenance) -> PyResult<Py<PyDict>> {
    let mut convert = ToPython::new(py, Shape::ReadOnly).with_secrets(Some(provenance));
    match value.as_table() {
        Some(table) => Ok(convert.table(table)?.unbind()),
        None => Ok(PyDict::new(py).unbind()),
    }
}

fn changed_of<'py>(py: Python<'py>, changed: &superconfig::Changed) -> PyResult<Bound<'py, PyAny>> {
    let value = |value: &Option<EffectiveValue>| {
        let value = value.as_ref().map_or(Value::Null, Value::from);
        ToPython::new(py, Shape::ReadOnly).value(&value)
    };
    let origin = |value: &Option<EffectiveValue>| {
        let origin = value.as_ref().and_then(EffectiveValue::origin);
        origin.map(|origin| told::origin(py, origin)).transpose()
    };
    CHANGED.get(py)?.call1((
        changed.path.to_string(),
        value(&changed.old)?,
        value(&changed.new)?,
        origin(&changed.old)?,
        origin(&changed.new)?,
        changed.to_string(),
    ))
}
