//! SuperConfig.
#![warn(missing_docs)]

pub mod config;
pub mod decode;
pub mod error;
pub mod format;
pub mod layer;
pub mod origin;
pub mod path;
pub mod schema;
pub mod slot;
pub mod source;

#[doc(hidden)]
pub mod __private;

pub use config::Config;
#[cfg(feature = "derive")]
pub use superconfig_derive::SuperConfig;
pub use error::{Code, ConfigError, Problem};
pub use format::{Format, Limits};
pub use origin::{Location, Origin};
pub use source::{Loading, Source};
pub use path::{KeyPath, Segment};
