//! The native half of the Python package `superconfig`: it converts, calls, and maps errors. What a
//! configuration is, is decided in the crate `superconfig`.
//!
//! | part | does |
//! | --- | --- |
//! | `builder` | the steps of a loading |
//! | `environ` | the environment as Python has it |
//! | `handle` | a loaded configuration, read as a mapping |
//! | `frozen` | the one native object of each generation that reads are answered from |
//! | `change` | what a reload changed |
//! | `events` | what subscribers are told, waited for by a thread of Python's |
//! | `registry` | handles by their ids |
//! | `convert` | values to and from Python |
//! | `told` | problems, warnings and origins as the package's own classes |
//!
//! The other half is Python, in `python/superconfig`: exceptions and plain data, models, threads and
//! asyncio. `docs/PYTHON.md` is its user's page.

mod builder;
mod change;
mod convert;
mod environ;
mod events;
mod frozen;
mod handle;
mod registry;
mod told;

use pyo3::prelude::*;

/// Configurations from files, variables and more: the native half.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::builder::ConfigBuilder;
    #[pymodule_export]
    use super::change::Change;
    #[pymodule_export]
    use super::events::{Events, Watcher};
    #[pymodule_export]
    use super::handle::ConfigHandle;
    #[pymodule_export]
    use super::registry::ConfigRegistry;
    #[pymodule_export]
    use super::told::refuse;
    use super::{Bound, PyModule, PyModuleMethods, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        superconfig::error::Dialect::Python.speak();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
