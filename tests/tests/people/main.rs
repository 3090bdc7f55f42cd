//! What people read about settings: templates, variables, tables, the schema for editors.
//!
//! What is expected stands in `data/people/`; `SUPERCONFIG_BLESS=1` rewrites it.

// Each of these is a crate of its own, and `pub` reads better in a declaration.
#![allow(unreachable_pub)]

mod env_vars;
mod json_schema;
mod settings;
mod template;
mod validator;

use std::path::Path;

/// Compares with a file, or rewrites it.
fn check(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/people").join(name);
    if std::env::var_os("SUPERCONFIG_BLESS").is_some() {
        std::fs::write(&path, found).expect("the expected texts can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} has changed; SUPERCONFIG_BLESS=1 accepts this:\n{found}");
}
