//! Another's parser beside ours: what both accept is the same tree, and where they differ is
//! written down. `docs/YAML.md` has the same table in words.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use superconfig::Format;
use superconfig::decode::Reader;
use superconfig::format::Limits;

/// The documents that are read differently, and why ours is meant so.
const DIFFERENCES: [(&str, &str); 8] = [
    ("large-integers", "an integer is never a float"),
    ("two-documents", "the second is refused and not dropped"),
    ("duplicate", "a key twice is refused; the last does not win"),
    ("unknown-tag", "an unknown tag is refused and not dropped"),
    ("complex-key", "a list or table as a key is refused and not made a text"),
    ("reserved", "`@` and backticks are reserved by the specification"),
    ("empty", "no document is a table without settings"),
    ("only-comment", "the same"),
];

fn ours(text: &str) -> Option<Value> {
    let tree = Format::Yaml.tree(text, &Limits::default()).ok()?;
    Some(Value::deserialize(Reader::Tree(&tree)).expect("any tree is a value"))
}

fn theirs(text: &str) -> Option<Value> {
    serde_yml::from_str(text).ok()
}

#[test]
fn both_read_the_same_but_for_what_is_written_down() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/yaml");
    let mut names: Vec<_> = fs::read_dir(corpus)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    names.sort();
    assert!(names.len() > 40);
    let mut surprises = Vec::new();
    for path in names {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let (_, name) = name.split_once('-').expect("a number");
        let text = fs::read_to_string(&path).expect("a text");
        let (ours, theirs) = (ours(&text), theirs(&text));
        let known = DIFFERENCES.iter().any(|(known, _)| *known == name);
        if (ours == theirs) == known {
            surprises.push(format!("{name}: we read {ours:?}, they read {theirs:?}"));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
