//! `SuperConfig::<Value>` with a JSON Schema: the same as with the struct that the schema is of.

mod broken;
mod definitions;
mod property;
mod same;
mod settings;
mod written;
