//! One value, read as a whole.

use std::any::Any;
use std::ffi::OsString;
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use serde::de::DeserializeOwned;

use super::{Layer, Resolution, Why};
use crate::decode::{Fault, FaultKind, Found, Place, Reader, Scalar, Target, Value};
use crate::schema::check::comparable_types;

/// How a leaf reads its value.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be read as a setting",
    label = "this type does not implement `serde::Deserialize`",
    note = "if `{T}` derives `SuperConfig`, write `#[config(nested)]` on the field; if it is one value, derive `serde::Deserialize` for it, or write `#[config(with = module)]`"
)]
pub trait Decode<T>: 'static {
    /// Reads it.
    fn decode(reader: Reader<'_>) -> Result<T, Fault>;
}

/// By the type's own `Deserialize`.
#[derive(Debug)]
pub struct ByType;

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + 'static> Decode<T> for ByType {
    fn decode(reader: Reader<'_>) -> Result<T, Fault> {
        T::deserialize(reader).map_err(Fault::of_value::<T>)
    }
}

/// One value, read as a whole by its own type; a later one replaces it.
pub struct Leaf<T, D = ByType> {
    value: Option<T>,
    decode: PhantomData<fn() -> D>,
}

impl<T, D> Default for Leaf<T, D> {
    fn default() -> Self {
        Self { value: None, decode: PhantomData }
    }
}

impl<T: Send + 'static, D: Decode<T>> Place for Leaf<T, D> {
    fn target(&mut self) -> Target<'_> {
        Target::Value(self)
    }

    fn set_null(&mut self) -> Result<(), Fault> {
        // Types other than `Option` may take null too: `()`, `serde_json::Value`. The derive gives
        // an `Option` a cell of its own, so these are rare and decide for themselves.
        match D::decode(Reader::Scalar(&Scalar::Null)) {
            Ok(value) => {
                self.value = Some(value);
                Ok(())
            }
            Err(_) => Err(Fault::new(FaultKind::Null)),
        }
    }

    fn is_set(&self) -> bool {
        self.value.is_some()
    }
}

impl<T: Send + 'static, D: Decode<T>> Value for Leaf<T, D> {
    fn set(&mut self, reader: Reader<'_>) -> Result<(), Fault> {
        if reader.as_text().is_some_and(str::is_empty) && is_path::<T>() {
            // An empty path names nothing, so an empty variable leaves it alone.
            return Err(Fault::new(FaultKind::Null));
        }
        self.value = Some(D::decode(reader)?);
        Ok(())
    }

    fn key(&self) -> Option<String> {
        self.value.as_ref().and_then(|value| key_text(value))
    }
}

fn is_path<T: 'static>() -> bool {
    let none: Option<T> = None;
    let none: &dyn Any = &none;
    none.is::<Option<PathBuf>>() || none.is::<Option<OsString>>()
}

/// The text by which `merge_by` compares two values of one type, for the types that it allows
/// (`schema::check` has the list).
pub(super) fn key_text(value: &dyn Any) -> Option<String> {
    macro_rules! texts {
        ($($type:ty),*) => {
            None$(.or_else(|| value.downcast_ref::<$type>().map(ToString::to_string)))*
        };
    }
    comparable_types!(texts)
}

impl<T: Send + 'static, D: Decode<T>> Layer for Leaf<T, D> {
    type Value = T;

    fn merge(&mut self, later: Self) {
        if later.value.is_some() {
            self.value = later.value;
        }
    }

    fn resolve(self, cx: &mut Resolution) -> Option<T> {
        if self.value.is_none() {
            cx.refuse(Why::Missing);
        }
        self.value
    }

    fn from_value(value: T) -> Self {
        Self { value: Some(value), decode: PhantomData }
    }

    fn stands_alone(&self) -> bool {
        self.is_set()
    }

    fn resolve_or(self, _cx: &mut Resolution, default: impl FnOnce() -> T) -> Option<T> {
        Some(self.value.unwrap_or_else(default))
    }

    fn resolve_or_text(self, cx: &mut Resolution, default: &'static str) -> Option<T> {
        if self.value.is_some() {
            return self.value;
        }
        match D::decode(Reader::Scalar(&Scalar::text(default, ","))) {
            Ok(value) => Some(value),
            Err(fault) => {
                let found = || Found::string(default);
                cx.refuse(Why::Default(fault.about(found)));
                None
            }
        }
    }
}
