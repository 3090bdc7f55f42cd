//! Much of everything: rows 34, 38 and 39.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use superconfig::Format::{self, Json, Toml, Yaml};
use superconfig::source::Glob;
use superconfig::{Limits, SuperConfig};
use superconfig_tests::vars;

use crate::{NOTHING, One, Row, Settings, directory, text, within};

/// A file of this size that takes no room on the disk.
fn sparse(bytes: u64) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = fs::File::create(directory.path().join("a.toml")).expect("a file");
    file.set_len(bytes).expect("a sparse file");
    directory
}

#[test]
fn row_34_a_file_beyond_the_limit_is_refused_by_its_size() {
    let mut row = Row::new(34);
    for bytes in [(16 << 20) + 1, 100_000_000, 1 << 40] {
        let directory = sparse(bytes);
        let expected = format!(
            "SC0304 a.toml: the file has {bytes} bytes, and the limit is 16777216 = raise \
             `Limits::file_bytes` by `with_limits` if the file is meant to be so large"
        );
        let case = format!("{bytes} bytes");
        row.refused(&case, within(directory.path()).with_file("a.toml"), &[&expected]);
        row.refused(&case, within(directory.path()).with_file_opt("a.toml"), &[&expected]);
        row.refused(&case, within(directory.path()).with_glob("*.toml"), &[&expected]);
    }
    row.end();
}

#[test]
fn row_34_every_file_has_the_limit() {
    let mut row = Row::new(34);
    let directory = sparse(1 << 40);
    let file = |name: &str| {
        fs::rename(directory.path().join("a.toml"), directory.path().join(name)).expect("a file");
        name.to_owned()
    };
    let name = file(".env");
    row.refused(
        ".env",
        within(directory.path()).with_dotenv(&*name),
        &["SC0304 .env: the file has 1099511627776 bytes, and the limit is 16777216 = raise \
             `Limits::file_bytes` by `with_limits` if the file is meant to be so large"],
    );
    fs::rename(directory.path().join(".env"), directory.path().join("orders.json"))
        .expect("a file");
    row.refused(
        "discovery",
        within(directory.path()).with_hierarchical("orders"),
        &["SC0304 orders.json: the file has 1099511627776 bytes, and the limit is 16777216 = \
             raise `Limits::file_bytes` by `with_limits` if the file is meant to be so large"],
    );
    row.end();
}

#[test]
fn row_34_the_limit_is_settable_and_exact() {
    let mut row = Row::new(34);
    let mut limits = Limits::default();
    limits.file_bytes = 8;
    let directory = directory(&[("a.toml", "port = 5"), ("b.toml", "port = 55")]);
    let file = |name: &str| within(directory.path()).with_file(name).with_limits(limits.clone());
    row.loaded("8 bytes", file("a.toml"), |settings| settings.port, 5);
    row.refused(
        "9 bytes",
        file("b.toml"),
        &["SC0304 b.toml: the file has 9 bytes, and the limit is 8 = raise \
             `Limits::file_bytes` by `with_limits` if the file is meant to be so large"],
    );
    row.end();
}

/// A file that says it has no bytes and has some, as one has that grows while it is read.
#[cfg(target_os = "linux")]
#[test]
fn row_34_the_limit_holds_while_reading_too() {
    let mut row = Row::new(34);
    let mut limits = Limits::default();
    limits.file_bytes = 8;
    let directory = tempfile::tempdir().expect("a temporary directory");
    let link = directory.path().join("a.toml");
    std::os::unix::fs::symlink("/proc/self/status", link).expect("a link");
    let config = within(directory.path()).with_file("a.toml").with_limits(limits);
    row.refused(
        "/proc/self/status",
        config,
        &["SC0304 a.toml: the file is larger than the limit of 8 bytes = raise \
             `Limits::file_bytes` by `with_limits` if the file is meant to be so large"],
    );
    row.end();
}

/// A table of so many keys.
fn keys(format: Format, count: usize) -> String {
    let mut source = match format {
        Toml => "[v]\n",
        Yaml => "v:\n",
        _ => "{\"v\": {\"first\": 1",
    }
    .to_owned();
    for index in 0..count {
        let _ = match format {
            Toml => writeln!(source, "key{index} = 1"),
            Yaml => writeln!(source, "  key{index}: 1"),
            _ => write!(source, ",\n\"key{index}\": 1"),
        };
    }
    if format == Json {
        source.push_str("}}");
    }
    source
}

#[test]
fn row_38_200_000_keys_are_read() {
    let mut row = Row::new(38);
    for (format, count) in [(Toml, 200_000), (Yaml, 200_000), (Json, 200_001)] {
        let config = text(format, keys(format, 200_000));
        row.loaded(format.name(), config, |one: One<BTreeMap<String, u8>>| one.v.len(), count);
    }
    row.end();
}

#[test]
fn row_38_a_million_items_are_refused_and_fewer_are_read() {
    let mut row = Row::new(38);
    let list = |format: Format, count: usize| {
        let items = "1,".repeat(count - 1) + "1";
        let source = match format {
            Toml => format!("v = [{items}]"),
            Yaml => format!("v: [{items}]"),
            _ => format!("{{\"v\": [{items}]}}"),
        };
        text::<One<Vec<u8>>>(format, source)
    };
    for (format, expected) in [
        (
            Toml,
            "SC0304 a.toml:1:2000004: more than 1000000 values in one document = raise \
             `Limits::nodes` by `with_limits` if the text is meant to be so",
        ),
        (
            Yaml,
            "SC0304 a.yaml:1:2000001: more than 1000000 values in one document = raise \
             `Limits::nodes` by `with_limits` if the text is meant to be so",
        ),
        (
            Json,
            "SC0304 a.json:1:2000004: more than 1000000 values in one document = raise \
             `Limits::nodes` by `with_limits` if the text is meant to be so",
        ),
    ] {
        let name = format.name();
        row.refused(name, list(format, 1_000_000), &[expected]);
        row.loaded(name, list(format, 100_000), |one| one.v.len(), 100_000);
    }
    row.end();
}

#[test]
fn row_38_much_that_is_wrong_is_told_in_linear_time() {
    let mut row = Row::new(38);
    // Keys that nobody knows, one by one.
    let mut toml = String::new();
    for index in 0..200_000 {
        let _ = writeln!(toml, "key{index} = 1");
    }
    let handle =
        text::<Settings>(Toml, &*toml).build().expect("keys that are only worth a warning");
    row.equal("unknown keys", &(handle.warnings().len() <= 101), &true);
    let error = text::<Settings>(Toml, toml).strict().extract().expect_err("unknown keys");
    row.equal("strict", &(error.problems().len() <= 101), &true);
    // Items of another type, all in one line.
    let items = "\"x\",".repeat(200_000);
    for (format, source) in
        [(Toml, format!("v = [{items}]")), (Json, format!("{{\"v\": [{items}1]}}"))]
    {
        let error = text::<One<Vec<u8>>>(format, source).extract().expect_err("no numbers");
        row.equal(format.name(), &(error.problems().len() <= 101), &true);
    }
    row.end();
}

#[derive(SuperConfig, Debug)]
struct Items {
    #[config(nested)]
    items: Vec<Item>,
    #[config(default)]
    tags: Vec<String>,
}

#[derive(SuperConfig, Debug)]
struct Item {
    #[config(validate = even)]
    size: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as validations are called
fn even(size: &u32) -> Result<(), &'static str> {
    if size.is_multiple_of(2) { Ok(()) } else { Err("an even number is expected") }
}

#[test]
fn row_38_much_that_is_refused_later_is_told_in_linear_time() {
    let mut row = Row::new(38);
    let items: Vec<_> = (0..20_000).map(|_| "{\"size\": 1}").collect();
    let json = format!("{{\"items\": [\n{}\n]}}", items.join(",\n"));
    let error = text::<Items>(Json, json).extract().expect_err("odd numbers");
    let found = superconfig_tests::refused(&error);
    let last = "SC0106 a.json:101:10: `items[99].size`: an even number is expected";
    row.equal("the last", &found[99], &last);
    let rest = "SC0304 19900 more problems not shown = correct those above first";
    row.equal("the rest", &&found[100..], &[rest]);
    // The removal of what is not there is looked for in the text as well.
    let removed: Vec<_> = (0..20_000).map(|index| format!("\"t{index}\"")).collect();
    let json = format!("{{\"items\": [], \"tags_remove\": [\n{}\n]}}", removed.join(",\n"));
    let handle = text::<Items>(Json, json).build().expect("only warnings");
    let warnings: Vec<_> = handle.warnings()[99..].iter().map(superconfig_tests::line).collect();
    let expected = [
        "SC0201 a.json:101:1: `tags`: nothing to remove: there is no item \"t99\" by then \
             = correct it, or take it out of `tags_remove`",
        "SC0304 19900 more warnings not shown = correct those above first",
    ];
    row.equal("removals", &warnings, &expected);
    row.end();
}

#[test]
fn row_38_the_limits_are_settable_and_named() {
    let mut row = Row::new(38);
    let mut limits = Limits::default();
    limits.nodes = 4;
    limits.key_bytes = 8;
    for (format, fits, many, long, expected) in [
        (
            Toml,
            "v = [1, 2]",
            "v = [1, 2, 3, 4]",
            "v = []\nlongerthan = 1",
            [
                "SC0304 a.toml:1:15: more than 4 values in one document = raise `Limits::nodes` by \
             `with_limits` if the text is meant to be so",
                "SC0304 a.toml:2:1: a key of more than 8 bytes = raise `Limits::key_bytes` by \
             `with_limits` if the text is meant to be so",
            ],
        ),
        (
            Yaml,
            "v: [1, 2]",
            "v: [1, 2, 3, 4]",
            "v: []\nlongerthan: 1",
            [
                "SC0304 a.yaml:1:11: more than 4 values in one document = raise `Limits::nodes` by \
             `with_limits` if the text is meant to be so",
                "SC0304 a.yaml:2:1: a key of more than 8 bytes = raise `Limits::key_bytes` by \
             `with_limits` if the text is meant to be so",
            ],
        ),
        (
            Json,
            "{\"v\": [1, 2]}",
            "{\"v\": [1, 2, 3, 4]}",
            "{\"v\": [], \"longerthan\": 1}",
            [
                "SC0304 a.json:1:14: more than 4 values in one document = raise `Limits::nodes` by \
             `with_limits` if the text is meant to be so",
                "SC0304 a.json:1:11: a key of more than 8 bytes = raise `Limits::key_bytes` by \
             `with_limits` if the text is meant to be so",
            ],
        ),
    ] {
        let config =
            |source: &str| text::<One<Vec<u8>>>(format, source).with_limits(limits.clone());
        row.loaded(fits, config(fits), |one| one.v, [1, 2]);
        row.refused(many, config(many), &[expected[0]]);
        row.refused(long, config(long), &[expected[1]]);
    }
    row.end();
}

#[test]
fn row_38_variables_under_the_prefix_are_limited() {
    let mut row = Row::new(38);
    let many = |count: usize| (0..count).map(|index| (format!("APP_X{index}"), "1"));
    let config = |count| SuperConfig::<Settings>::new().with_env(None).with_env_vars(many(count));
    row.equal("10,000", &config(10_000).extract().is_ok(), &true);
    row.refused(
        "10,001",
        config(10_001),
        &["SC0304 more than 10000 variables begin with `APP_` = raise `Limits::variables` by \
             `with_limits`, or take a prefix that others do not use"],
    );
    // Those of others are no concern of ours.
    let others = (0..50_000).map(|index| (format!("OTHER_{index}"), "1"));
    let config = SuperConfig::<Settings>::new().with_env(None).with_env_vars(others);
    row.warned("others", config, &[]);
    let mut limits = Limits::default();
    limits.variables = 1;
    let two = vars::<Settings, 2>([("APP_PORT", "1"), ("APP_NAME", "x")]).with_limits(limits);
    row.refused(
        "settable",
        two,
        &["SC0304 more than 1 variables begin with `APP_` = raise `Limits::variables` by \
             `with_limits`, or take a prefix that others do not use"],
    );
    row.end();
}

#[test]
fn row_39_a_pattern_takes_no_more_time_than_its_length() {
    let mut row = Row::new(39);
    let name = format!("{}.toml", "a".repeat(200));
    let directory = directory(&[(&*name, "port = 5")]);
    // A pattern that an engine with backtracking would try in more ways than there are atoms.
    for pattern in ["*a".repeat(40) + "b", "**/".repeat(40) + "b", "[ab]*?".repeat(30) + "b"] {
        let config = within(directory.path()).with_glob(&*pattern).with_env_vars(NOTHING);
        row.loaded(&pattern, config, |settings| settings.port, 1);
    }
    let found = within(directory.path()).with_source(Glob::new("*a".repeat(40) + "*.toml"));
    row.loaded("found", found, |settings| settings.port, 5);
    row.end();
}

#[test]
fn row_39_tables_of_keys_are_ordered_or_seeded() {
    // Keys that collide in a table whose hasher everybody knows cannot be made for one that is
    // seeded anew in every process. So what is checked is that there is no other hasher.
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/../superconfig/src");
    let mut waiting = vec![std::path::PathBuf::from(sources)];
    let mut files = 0;
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("our sources");
            waiting.extend(entries.map(|entry| entry.expect("a file of ours").path()));
            continue;
        }
        files += 1;
        // Ids are ours: nobody who writes a configuration chooses the keys of that table.
        if path.parent().is_some_and(|parent| parent.ends_with("directory")) {
            continue;
        }
        let source = fs::read_to_string(&path).expect("a source");
        for word in ["with_hasher", "BuildHasherDefault", "FxHash", "AHash", "RandomState"] {
            assert!(!source.contains(word), "row 39: {} has a hasher: {word}", path.display());
        }
    }
    assert!(files > 50, "row 39: only {files} files were found in {sources}");
}
