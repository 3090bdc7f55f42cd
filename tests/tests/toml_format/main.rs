//! The TOML format: the tree against the `toml` crate, and the fast path against the tree.

mod cell;
mod conformance;
mod limits;
mod paths;
mod value;
