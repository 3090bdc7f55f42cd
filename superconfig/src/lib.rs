//! SuperConfig.
#![warn(missing_docs)]

pub mod config;
pub mod decode;
pub mod format;
pub mod layer;
pub mod path;
pub mod schema;
pub mod slot;

#[doc(hidden)]
pub mod __private;

pub use config::Config;
pub use path::{KeyPath, Segment};
