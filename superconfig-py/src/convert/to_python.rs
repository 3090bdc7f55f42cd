//! Values as objects of Python.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};
use superconfig::value::Table;
use superconfig::{KeyPath, Provenance, Value};
use toml_datetime::{Datetime, Offset};

use super::{Class, DATE, DATETIME, TIME};

static READ_ONLY_DICT: Class = Class::new("superconfig._values", "ReadOnlyDict");
static READ_ONLY_LIST: Class = Class::new("superconfig._values", "ReadOnlyList");
static SECRET: Class = Class::new("superconfig._values", "SecretStr");
static TIMEZONE: Class = Class::new("datetime", "timezone");
static TIMEDELTA: Class = Class::new("datetime", "timedelta");

/// Which classes tables and lists become.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `dict` and `list`, to be changed by whoever asked for them.
    Plain,
    /// Their subclasses that refuse to be changed.
    ReadOnly,
}

/// Converts the values of one configuration.
pub(crate) struct ToPython<'py, 'v> {
    py: Python<'py>,
    shape: Shape,
    /// Who knows which texts are secrets, where any are.
    secrets: Option<&'v Provenance>,
    path: KeyPath,
    keys: Keys<'py, 'v>,
}

/// Keys that were converted, each in the place that its ends lead to. Tables of one configuration often have
/// the same keys, which are one object then, whose hash is known.
struct Keys<'py, 'v>([Option<(&'v str, Bound<'py, PyString>)>; 32]);

impl<'py, 'v> Keys<'py, 'v> {
    fn get(&mut self, py: Python<'py>, key: &'v str) -> &Bound<'py, PyString> {
        let end = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
        let bytes = key.as_bytes();
        let place = 7 * bytes.len() + end(bytes.first()) + 3 * end(bytes.last());
        let known = &mut self.0[place % 32];
        if known.as_ref().is_none_or(|(known, _)| *known != key) {
            *known = None;
        }
        &known.get_or_insert_with(|| (key, PyString::new(py, key))).1
    }
}

impl<'py, 'v> ToPython<'py, 'v> {
    pub(crate) fn new(py: Python<'py>, shape: Shape) -> Self {
        let keys = Keys([const { None }; 32]);
        Self { py, shape, secrets: None, path: KeyPath::root(), keys }
    }

    /// With texts that do not show themselves where they are secrets.
    pub(crate) fn with_secrets(mut self, provenance: Option<&'v Provenance>) -> Self {
        self.secrets = provenance.filter(|provenance| provenance.has_secrets());
        self
    }

    pub(crate) fn value(&mut self, value: &'v Value) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py;
        Ok(match value {
            Value::Bool(value) => PyBool::new(py, *value).to_owned().into_any(),
            Value::Integer(value) => integer(py, *value)?.into_any(),
            Value::Float(value) => PyFloat::new(py, *value).into_any(),
            Value::String(text) if self.secrets.is_some_and(|of| of.is_secret(&self.path)) => {
                SECRET.get(py)?.call1((text,))?
            }
            Value::String(text) => PyString::new(py, text).into_any(),
            Value::Datetime(text) => datetime(py, text)?,
            Value::List(items) => self.list(items)?,
            Value::Table(table) => self.table(table)?.into_any(),
            _ => py.None().into_bound(py),
        })
    }

    fn list(&mut self, items: &'v [Value]) -> PyResult<Bound<'py, PyAny>> {
        let list = match self.shape {
            Shape::Plain => PyList::empty(self.py),
            Shape::ReadOnly => READ_ONLY_LIST.get(self.py)?.call0()?.cast_into::<PyList>()?,
        };
        for (index, item) in items.iter().enumerate() {
            // As the interpreter does it, and not by the method, which may refuse.
            list.append(self.below(index, item)?)?;
        }
        Ok(list.into_any())
    }

    /// A table, and the whole of a configuration.
    pub(crate) fn table(&mut self, table: &'v Table) -> PyResult<Bound<'py, PyDict>> {
        let dict = match self.shape {
            Shape::Plain => PyDict::new(self.py),
            Shape::ReadOnly => READ_ONLY_DICT.get(self.py)?.call0()?.cast_into::<PyDict>()?,
        };
        for (key, value) in table.iter() {
            let value = if self.secrets.is_some() {
                self.below(key.to_owned(), value)?
            } else {
                self.value(value)?
            };
            dict.set_item(self.keys.get(self.py, key), value)?;
        }
        Ok(dict)
    }

    /// A value one step further down. The path is only kept where somebody asks for it.
    fn below(
        &mut self,
        step: impl Into<superconfig::Segment>,
        value: &'v Value,
    ) -> PyResult<Bound<'py, PyAny>> {
        if self.secrets.is_none() {
            return self.value(value);
        }
        self.path.push(step);
        let value = self.value(value);
        self.path.pop();
        value
    }
}

/// Most integers are small, and those of 128 bits are converted by arithmetic of Python's.
fn integer(py: Python<'_>, value: i128) -> PyResult<Bound<'_, PyInt>> {
    Ok(match i64::try_from(value) {
        Ok(value) => value.into_pyobject(py)?,
        Err(_) => value.into_pyobject(py)?,
    })
}

/// A date-time as an object of the module `datetime`. One that this cannot hold (the year 0, the second
/// 60) stays a text. Fractions are cut to microseconds, as `tomllib` does.
pub(crate) fn datetime<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let plain = || PyString::new(py, text).into_any();
    let Ok(Datetime { date, time, offset }) = text.parse::<Datetime>() else { return Ok(plain()) };
    let date = date.map(|date| (date.year, date.month, date.day));
    let time = time.map(|time| {
        let microsecond = time.nanosecond.unwrap_or_default() / 1000;
        (time.hour, time.minute, time.second.unwrap_or_default(), microsecond)
    });
    let made = match (date, time) {
        (Some((year, month, day)), Some((hour, minute, second, microsecond))) => {
            let zone = offset.map(|offset| zone(py, offset)).transpose()?;
            let parts = (year, month, day, hour, minute, second, microsecond, zone);
            DATETIME.get(py)?.call1(parts)
        }
        (Some(date), None) => DATE.get(py)?.call1(date),
        (None, Some(time)) => TIME.get(py)?.call1(time),
        (None, None) => return Ok(plain()),
    };
    match made {
        Err(error) if error.is_instance_of::<pyo3::exceptions::PyValueError>(py) => Ok(plain()),
        made => made,
    }
}

fn zone(py: Python<'_>, offset: Offset) -> PyResult<Bound<'_, PyAny>> {
    let minutes = match offset {
        Offset::Z => return TIMEZONE.get(py)?.getattr("utc"),
        Offset::Custom { minutes } => minutes,
    };
    let delta = TIMEDELTA.get(py)?.call1((0, i32::from(minutes) * 60))?;
    TIMEZONE.get(py)?.call1((delta,))
}
