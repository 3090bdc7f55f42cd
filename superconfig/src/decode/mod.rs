//! Decoding: how a value of any source reaches its place in a layer.
//!
//! A layer shows the [`face`]s of its places, and every source sets them through these: the fast
//! paths of the formats while they parse, and [`apply`] from a [`tree`] with places, which stops
//! at nothing and reports everything. A single value is read by [`reader`], the one
//! `serde::Deserializer` that every leaf type is compiled for.

mod access;
pub mod apply;
pub mod document;
mod expected;
pub mod face;
pub mod fault;
pub mod json_text;
pub mod reader;
pub mod scalar;
pub mod tree;

pub(crate) use access::{DATETIME_FIELD, part_fault};
pub use apply::{Finding, Walk, What};
pub use document::{Document, Layers, Route, Section};
pub use face::{Child, Choice, Mapping, Place, Record, Sequence, Target, Value, child};
pub use fault::{Fault, FaultKind, Found};
pub use reader::Reader;
pub use scalar::Scalar;
pub use tree::{Key, Node, Span, Tree};
