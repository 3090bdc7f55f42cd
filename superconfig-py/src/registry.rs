//! Handles by their ids.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;
use superconfig::{HandleId, Value};

use crate::convert::{Class, table};
use crate::handle::ConfigHandle;
use crate::told;

static STATS: Class = Class::new("superconfig._errors", "RegistryStats");

/// A directory of handles by their ids. Every handle is in one: in the global one, unless it was made in
/// another.
#[pyclass(frozen, module = "superconfig")]
pub(crate) struct ConfigRegistry(superconfig::ConfigRegistry);

impl ConfigRegistry {
    pub(crate) fn native(&self) -> &superconfig::ConfigRegistry {
        &self.0
    }
}

#[pymethods]
impl ConfigRegistry {
    /// An empty registry of one's own.
    #[new]
    fn new() -> Self {
        Self(superconfig::ConfigRegistry::new())
    }

    /// The registry of all handles that are not made in another.
    #[staticmethod]
    fn shared(py: Python<'_>) -> PyResult<&Bound<'_, Self>> {
        static SHARED: PyOnceLock<Py<ConfigRegistry>> = PyOnceLock::new();
        let make = || Py::new(py, Self(superconfig::ConfigRegistry::global()));
        Ok(SHARED.get_or_try_init(py, make)?.bind(py))
    }

    /// A handle of values that the program has, or of sources; see the function `create_config`.
    #[pyo3(signature = (values=None, /, **sources))]
    fn create_config<'py>(
        slf: &Bound<'py, Self>,
        values: Option<&Bound<'py, PyAny>>,
        sources: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        if let (Some(values), None) = (values, sources) {
            let inserted = slf.get().0.insert::<Value>(table(values)?);
            let handle = inserted.map_err(|error| told::error(py, &error))?;
            return Ok(Bound::new(py, ConfigHandle::given(handle))?.into_any());
        }
        let load = py.import("superconfig._load")?.getattr("create_config_in")?;
        load.call((slf, values), sources)
    }

    /// The handle of an id.
    #[pyo3(signature = (id, /))]
    fn get(&self, py: Python<'_>, id: u64) -> PyResult<ConfigHandle> {
        let found = self.0.check::<Value>(id).and_then(|id| self.0.get(id));
        found.map(ConfigHandle::from).map_err(|error| told::key_error(py, &error))
    }

    /// Takes the entry of an id away, and gives its handle, which works on.
    #[pyo3(signature = (id, /))]
    fn remove(&self, py: Python<'_>, id: u64) -> PyResult<ConfigHandle> {
        let removed = self.0.check::<Value>(id).and_then(|id| self.0.remove(id));
        removed.map(ConfigHandle::from).map_err(|error| told::key_error(py, &error))
    }

    /// Keeps the configuration of an id alive, when no handle is left, until nobody has asked for it for a
    /// while.
    #[pyo3(signature = (id, /))]
    fn lease(&self, py: Python<'_>, id: u64) -> PyResult<()> {
        let leased = self.0.check::<Value>(id).and_then(|id| self.0.lease(id));
        leased.map_err(|error| told::key_error(py, &error))
    }

    /// Says how many seconds a lease lasts that nobody uses; an hour, unless this is said.
    #[pyo3(signature = (seconds, /))]
    fn expire_after(&self, seconds: f64) -> PyResult<()> {
        self.0.expire_after(crate::handle::seconds("the idle time", seconds)?);
        Ok(())
    }

    /// Ends the leases that nobody has used for too long, and says how many configurations are gone.
    fn sweep(&self, py: Python<'_>) -> usize {
        py.detach(|| self.0.sweep())
    }

    /// Forgets the texts of files that are kept for loadings to come.
    fn clear_cache(&self, py: Python<'_>) {
        py.detach(|| self.0.clear_cache());
    }

    /// What there is and what was done.
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let stats = py.detach(|| self.0.stats());
        let parts = PyDict::new(py);
        parts.set_item("total_handles", stats.total_handles)?;
        parts.set_item("active_handles", stats.active_handles)?;
        parts.set_item("leased_handles", stats.leased_handles)?;
        parts.set_item("memory_usage_bytes", stats.memory_usage_bytes)?;
        parts.set_item("cache_hit_rate", stats.cache_hit_rate)?;
        parts.set_item("hits", stats.hits)?;
        parts.set_item("misses", stats.misses)?;
        parts.set_item("cached_texts", stats.cached_texts)?;
        parts.set_item("cached_bytes", stats.cached_bytes)?;
        parts.set_item("text_hit_rate", stats.text_hit_rate)?;
        parts.set_item("text_hits", stats.text_hits)?;
        parts.set_item("text_misses", stats.text_misses)?;
        parts.set_item("loads", stats.loads)?;
        parts.set_item("updates", stats.updates)?;
        parts.set_item("reloads", stats.reloads)?;
        parts.set_item("failures", stats.failures)?;
        parts.set_item("expired", stats.expired)?;
        STATS.get(py)?.call((), Some(&parts))
    }

    fn __contains__(&self, id: &Bound<'_, PyAny>) -> bool {
        // What is no id is not in it, whatever it is.
        let id = id.extract().ok().and_then(HandleId::<Value>::from_bits);
        id.is_some_and(|id| self.0.contains(id))
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// A registry is there, whether or not anything is in it.
    #[allow(clippy::unused_self)] // the protocol's
    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self) -> String {
        format!("<ConfigRegistry of {} handles>", self.0.len())
    }
}
