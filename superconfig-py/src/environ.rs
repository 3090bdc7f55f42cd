//! The environment as Python has it: `os.environ`.
//!
//! The process's own must not be read while another thread sets a variable, and in Python any thread that
//! holds the interpreter may do so: that is a crash. Whoever reads here holds it, too. And what a program or
//! a test puts in the place of `os.environ` counts.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ffi::{OsStr, OsString};
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// Variables by their names.
type Variables = Arc<Vec<(OsString, OsString)>>;

thread_local! {
    /// Whether this thread is one of Python's, which waits for the library.
    static WAITS: Cell<bool> = const { Cell::new(false) };
}

/// Lets the library work without the interpreter, which is taken back for a moment to read the
/// environment.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    let waited = WAITS.replace(true);
    let done = py.detach(work);
    WAITS.set(waited);
    done
}

/// What gives one configuration its variables. A thread of the library's own must not wait for an
/// interpreter that may have ended: it gets what was read last.
pub(crate) fn variables() -> impl Fn(&dyn Fn(&OsStr) -> bool) -> Option<Variables> {
    let last = Mutex::new(None);
    move |wanted| {
        let read = || Python::try_attach(|py| read(py, wanted))?.ok();
        let read = WAITS.get().then(read).flatten();
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if read.is_some() {
            last.clone_from(&read);
        }
        last.clone()
    }
}

fn read(py: Python<'_>, wanted: &dyn Fn(&OsStr) -> bool) -> PyResult<Variables> {
    static OS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let os = OS.get_or_try_init(py, || py.import("os").map(Bound::unbind))?;
    let environ = os.bind(py).getattr(intern!(py, "environ"))?;
    let found = RefCell::new(Vec::new());
    let take = |name: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>| -> PyResult<()> {
        let name = text(name)?;
        if wanted(&name) {
            found.borrow_mut().push((name.into_owned(), text(value)?.into_owned()));
        }
        Ok(())
    };
    // Behind its face it is a dict of bytes. To go through the face decodes all of them, in Python.
    let inner = environ.getattr_opt(intern!(py, "_data"))?;
    match inner.as_ref().and_then(|inner| inner.cast::<PyDict>().ok()) {
        Some(dict) => dict.locked_for_each(|name, value| take(&name, &value))?,
        None => {
            for item in environ.call_method0(intern!(py, "items"))?.try_iter()? {
                let (name, value) = item?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
                take(&name, &value)?;
            }
        }
    }
    Ok(Arc::new(found.into_inner()))
}

/// A name or a value, as the system has it.
fn text<'b>(object: &'b Bound<'_, PyAny>) -> PyResult<Cow<'b, OsStr>> {
    #[cfg(unix)]
    if let Ok(bytes) = object.cast::<pyo3::types::PyBytes>() {
        use std::os::unix::ffi::OsStrExt;
        return Ok(Cow::Borrowed(OsStr::from_bytes(bytes.as_bytes())));
    }
    object.extract().map(Cow::Owned)
}
