#![doc = include_str!("../README.md")]

mod assign;
pub mod builder;
#[cfg(feature = "clap")]
pub mod clap;
pub mod config;
pub mod decode;
mod diagnose;
mod directory;
#[doc(hidden)]
pub mod entry;
pub mod error;
pub mod format;
pub mod guard;
pub mod handle;
mod heap;
mod json_schema;
pub mod layer;
mod load;
pub mod meter;
pub mod origin;
pub mod path;
#[cfg(feature = "memory-pressure")]
pub mod pressure;
mod publish;
pub mod reader;
pub mod reference;
pub mod registry;
pub mod reload;
pub mod schema;
pub mod slot;
pub mod source;
mod stack;
mod sync;
mod telemetry;
mod template;
mod terminal;
mod texts;
pub mod trace;
pub mod value;
pub mod verbosity;
#[cfg(feature = "watch")]
pub mod watch;

#[doc(hidden)]
pub mod __private;

pub use builder::SuperConfig;
pub use config::Config;
pub use directory::HandleId;
pub use error::{Code, ConfigError, Problem};
pub use format::{Format, Limits};
pub use guard::Guard;
pub use handle::ConfigHandle;
pub use heap::HeapSize;
pub use json_schema::JsonSchema;
pub use meter::{LoadMetrics, SourceMetrics};
pub use origin::{Location, Origin};
pub use path::{KeyPath, Segment};
#[cfg(feature = "memory-pressure")]
pub use pressure::{Memory, MemoryOptions, MemoryWatch};
pub use reader::Reader;
pub use reference::{EnvVar, EnvVarKind};
pub use registry::{ConfigRegistry, RegistryStats};
#[cfg(all(unix, feature = "signal"))]
pub use reload::OnSighup;
pub use reload::{Change, Changes, Subscription};
pub use secrecy::{ExposeSecret, SecretBox, SecretString};
pub use source::{Loading, Source};
#[cfg(feature = "derive")]
pub use superconfig_derive::SuperConfig;
pub use texts::CacheLimits;
pub use trace::{Changed, Effective, EffectiveValue, Explanation, Provenance, Report};
pub use value::Value;
pub use verbosity::{DebugMessage, Verbosity};
#[cfg(feature = "watch")]
pub use watch::{Health, Watch, WatchOptions};
