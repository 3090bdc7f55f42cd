// The links of the README lead into the repository; of two definitions of a link the first one counts.
#![doc = "[testing]: https://github.com/superconfig-rs/superconfig/blob/main/docs/TESTING.md"]
#![doc = "[errors]: https://github.com/superconfig-rs/superconfig/blob/main/examples/errors/main.rs"]
#![doc = "[layers]: https://github.com/superconfig-rs/superconfig/blob/main/examples/layers/main.rs"]
#![doc = "[lists]: https://github.com/superconfig-rs/superconfig/blob/main/examples/lists/main.rs"]
#![doc = "[service]: https://github.com/superconfig-rs/superconfig/blob/main/examples/service/main.rs"]
#![doc = "[declaring]: https://github.com/superconfig-rs/superconfig/blob/main/docs/GUIDE.md#declaring"]
#![doc = "[own sources]: https://github.com/superconfig-rs/superconfig/blob/main/docs/GUIDE.md#sources-of-ones-own"]
#![doc = "[guide]: https://github.com/superconfig-rs/superconfig/blob/main/docs/GUIDE.md"]
#![doc = "[limits]: https://github.com/superconfig-rs/superconfig/blob/main/docs/LIMITS.md"]
#![doc = "[comparison]: https://github.com/superconfig-rs/superconfig/blob/main/docs/COMPARE.md"]
#![doc = "[architecture]: https://github.com/superconfig-rs/superconfig/blob/main/docs/ARCHITECTURE.md"]
#![doc = "[decisions]: https://github.com/superconfig-rs/superconfig/blob/main/docs/DESIGN.md"]
#![doc = "[contributing]: https://github.com/superconfig-rs/superconfig/blob/main/CONTRIBUTING.md"]
#![doc = "[changelog]: https://github.com/superconfig-rs/superconfig/blob/main/CHANGELOG.md"]
#![doc = "[mit]: https://github.com/superconfig-rs/superconfig/blob/main/LICENSE-MIT"]
#![doc = "[apache-2.0]: https://github.com/superconfig-rs/superconfig/blob/main/LICENSE-APACHE"]
#![doc = ""]
#![doc = include_str!("../README.md")]

mod assign;
pub mod builder;
pub mod config;
pub mod decode;
mod diagnose;
#[doc(hidden)]
pub mod entry;
pub mod error;
pub mod format;
pub mod handle;
pub mod layer;
mod load;
pub mod origin;
pub mod path;
pub mod schema;
pub mod slot;
pub mod source;
mod stack;

#[doc(hidden)]
pub mod __private;

pub use builder::SuperConfig;
pub use config::Config;
pub use error::{Code, ConfigError, Problem};
pub use format::{Format, Limits};
pub use handle::{ConfigHandle, Guard};
pub use origin::{Location, Origin};
pub use path::{KeyPath, Segment};
pub use secrecy::{ExposeSecret, SecretBox, SecretString};
pub use source::{Loading, Source};
#[cfg(feature = "derive")]
pub use superconfig_derive::SuperConfig;
