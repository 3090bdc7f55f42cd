//! The native half of the Node.js package `superconfig`.
//!
//! JavaScript gets functions, and the things that they work on as opaque externals; the classes that people use are
//! written in JavaScript (`lib/`), and so are all manners of the language. Here values are converted,
//! the core is called, and what went wrong is told. Nothing of configuration is decided here.
//!
//! | module | does |
//! | --- | --- |
//! | `convert` | values from and to JavaScript |
//! | `told` | problems, origins and changes as values |
//! | `steps` | what the program wrote down of a builder, as the core's builder |
//! | `environment` | the variables of the process, read where that is safe |
//! | `handle` | loading and asking |
//! | `living` | reloading and watching |
//! | `mailbox` | waking the thread of JavaScript |
//! | `registry` | registries |

// What `#[napi]` makes public is called from JavaScript.
#![allow(missing_docs, unreachable_pub)]

mod convert;
mod environment;
mod handle;
mod living;
mod mailbox;
mod registry;
mod steps;
mod told;

use napi_derive::napi;
use superconfig::error::Dialect;

/// The version of the package.
#[napi]
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Messages name what programs in JavaScript write.
#[napi_derive::module_init]
fn init() {
    Dialect::JavaScript.speak();
}
