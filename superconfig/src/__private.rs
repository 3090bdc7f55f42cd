//! What generated code names. Nothing here is for people, and all of it may change.

pub use crate::config::Config;
pub use crate::decode::{Choice, Fault, Node, Place, Reader, Record, Scalar, Target, Tree};
pub use crate::entry;
pub use crate::heap::HeapSize;
pub use crate::heap::probe::{Known, Pointed, Room, Unknown, total};
pub use crate::layer::{
    Append, ByType, Decode, Keyword, Keywords, Layer, Leaf, List, Map, MergeKey, NestedList,
    Optional, Prepend, Replace, Resolution, Skipped, Union, Unkeyed, Whole, Why,
};
pub use crate::publish::memory::Memory;
pub use crate::reload::probe::{Cloned, NotCloned, Probe};
pub use crate::schema::{Alias, Body, Field, Inner, Kind, Merge, Schema, Variant, Word, check};
pub use crate::slot::Slot;
pub use {core, std};
