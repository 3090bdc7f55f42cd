//! The one native object of each generation that reads are answered from.

use std::sync::{Arc, PoisonError, RwLock};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use superconfig::{KeyPath, Provenance, Segment, Value};

use crate::convert::{Shape, ToPython};

/// So many paths are remembered with what they lead to.
const REMEMBERED: usize = 4096;

/// A configuration as objects of Python, made once and never changed.
pub(crate) struct Frozen {
    /// What it was made of; as long as it is published, this is what is read.
    of: Arc<Value>,
    table: Py<PyDict>,
    /// What paths lead to that were asked for before.
    paths: Py<PyDict>,
}

/// The object of the generation that was read last.
pub(crate) struct Cache {
    last: RwLock<Option<Arc<Frozen>>>,
    /// Whether the configuration may have secrets. To ask a value that the program gave would cost ten
    /// times the memory of its handle.
    may_have_secrets: bool,
}

impl Cache {
    pub(crate) fn new(may_have_secrets: bool) -> Self {
        Self { last: RwLock::default(), may_have_secrets }
    }

    /// The object of the published configuration.
    ///
    /// No code of Python's runs under the lock: a thread that waited for it, holding the interpreter, would
    /// keep the one that has it from going on.
    pub(crate) fn get(
        &self,
        py: Python<'_>,
        handle: &superconfig::ConfigHandle<Value>,
    ) -> PyResult<Arc<Frozen>> {
        let now = handle.get();
        let known = self.last.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(frozen) = &*known
            && std::ptr::eq(&raw const *frozen.of, &raw const *now)
        {
            return Ok(Arc::clone(frozen));
        }
        drop(known);
        let provenance = self.may_have_secrets.then(|| handle.provenance());
        let frozen = Arc::new(Frozen::new(py, now.into_snapshot(), provenance.as_ref())?);
        let mut place = self.last.write().unwrap_or_else(PoisonError::into_inner);
        let old = place.replace(Arc::clone(&frozen));
        drop(place);
        drop(old);
        Ok(frozen)
    }
}

impl Frozen {
    fn new(py: Python<'_>, of: Arc<Value>, provenance: Option<&Provenance>) -> PyResult<Self> {
        let mut convert = ToPython::new(py, Shape::ReadOnly).with_secrets(provenance);
        let table = match of.as_table() {
            Some(table) => convert.table(table)?,
            None => PyDict::new(py),
        };
        Ok(Self { of, table: table.unbind(), paths: PyDict::new(py).unbind() })
    }

    pub(crate) fn table<'py>(&self, py: Python<'py>) -> &Bound<'py, PyDict> {
        self.table.bind(py)
    }

    /// What a path leads to.
    pub(crate) fn at<'py>(&self, path: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = path.py();
        let Ok(text) = path.cast::<PyString>() else {
            let found = path.get_type().qualname()?;
            return Err(PyTypeError::new_err(format!("path must be str, not {found}")));
        };
        let paths = self.paths.bind(py);
        if let Some(known) = paths.get_item(path)? {
            return Ok(Some(known));
        }
        let found = walk(self.table(py), &text.to_cow()?)?;
        if let Some(value) = &found
            && paths.len() < REMEMBERED
        {
            paths.set_item(path, value)?;
        }
        Ok(found)
    }
}

fn walk<'py>(table: &Bound<'py, PyDict>, path: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let mut at = table.clone().into_any();
    for step in KeyPath::parse(path).segments() {
        let next = match step {
            Segment::Key(key) => match at.cast::<PyDict>() {
                Ok(table) => table.get_item(&**key)?,
                Err(_) => None,
            },
            Segment::Index(index) => match at.cast::<PyList>() {
                Ok(list) => list.get_item(*index).ok(),
                Err(_) => None,
            },
            _ => None,
        };
        let Some(next) = next else { return Ok(None) };
        at = next;
    }
    Ok(Some(at))
}
