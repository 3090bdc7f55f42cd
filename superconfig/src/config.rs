//! What the derive implements.

use crate::heap::HeapSize;
use crate::layer::Layer;
use crate::publish::memory::Memory;
use crate::schema::Schema;
use crate::slot::Slot;
use crate::sync::LocalKey;

/// A type that can be loaded: implemented by `#[derive(SuperConfig)]` and by nothing else.
///
/// Values that depend on the type (its layer, its description) are associated here, so that all
/// other code can be written once for every configuration.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not derive `SuperConfig`",
    label = "this type's settings are not known",
    note = "add `#[derive(superconfig::SuperConfig)]` to `{Self}`, or remove `#[config(nested)]` from the field if the type implements `serde::Deserialize` and is one value"
)]
pub trait Config: HeapSize + Sized + Send + Sync + 'static {
    /// The partly filled form, in which sources are read and merged.
    type Layer: Layer<Value = Self>;

    /// What the derive knows about the type.
    const SCHEMA: &'static Schema;

    /// The place of this type's process-wide configuration; `None` for generic types, which have
    /// no place of their own.
    fn slot() -> Option<&'static Slot<Self>> {
        None
    }

    /// Where each thread remembers what it has read of such values; generic types, which have no
    /// place for that either, are read by way of a lock.
    #[doc(hidden)]
    fn memories() -> Option<&'static LocalKey<Memory<Self>>> {
        None
    }

    /// A second value like this one, where the type is `Clone` and not generic: what
    /// `with_defaults` was given is needed again when a handle reloads.
    fn again(&self) -> Option<Self> {
        None
    }
}
