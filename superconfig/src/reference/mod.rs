//! What people read about settings: the variables that set them, and tables of all of them.
//!
//! Everything here, and a template and a JSON Schema as well, is made of a
//! [`Schema`](crate::schema::Schema) alone. What the schema has as text of the source, types and
//! defaults, is read in `ty` and `literal`; what cannot be read there is shown as it was written and
//! never guessed at.

mod at;
mod env_vars;
pub(crate) mod literal;
mod markdown;
pub(crate) mod ty;

pub(crate) use at::{At, KEY, POSITION, same};
pub use env_vars::{EnvVar, EnvVarKind};
