//! What the `toml` crate accepts is accepted, and what it refuses is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superconfig::{Format, Limits};

fuzz_target!(|text: &str| {
    // A NUL byte and nesting beyond the limit are refused by us alone.
    let ours = Format::Toml.tree(text, &Limits::default());
    let theirs = text.parse::<toml::Table>();
    match (&ours, &theirs) {
        (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        (Err(error), Ok(_)) if text.contains('\0') || error.kind != superconfig::format::SyntaxKind::Grammar => {}
        _ => panic!("ours: {ours:?}, theirs: {}", theirs.is_ok()),
    }
});
