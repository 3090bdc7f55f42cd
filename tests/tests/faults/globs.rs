//! Patterns: row 49.

use superconfig::Limits;
use superconfig::source::Glob;

use crate::{Row, directory, within};

#[test]
fn row_49_a_pattern_that_leads_elsewhere_or_is_none() {
    let mut row = Row::new(49);
    let directory = directory(&[("conf.d/a.toml", "port = 5")]);
    let path = directory.path().join("conf.d");
    for (pattern, expected) in [
        (
            "../*.toml",
            "SC0405 `../*.toml`: `..` leaves the directory (character 1) = \
             `Glob::with_parents` allows it",
        ),
        (
            "sub/../../*.toml",
            "SC0405 `sub/../../*.toml`: `..` leaves the directory (character 5) = \
             `Glob::with_parents` allows it",
        ),
        (
            "*/../a.toml",
            "SC0405 `*/../a.toml`: `..` behind a wildcard (character 3) = write the directory \
             that is meant",
        ),
        (
            "[",
            "SC0405 `[`: invalid range pattern (character 1) = a `[` that is a character is \
             written `[[]`",
        ),
        (
            "a[b.toml",
            "SC0405 `a[b.toml`: invalid range pattern (character 2) = a `[` that is a \
             character is written `[[]`",
        ),
        (
            "***",
            "SC0405 `***`: wildcards are either regular `*` or recursive `**` (character 3) = \
             write `**` alone between slashes, and `*` in names",
        ),
        (
            "{a,b}.toml",
            "SC0405 `{a,b}.toml`: braces are no part of patterns (character 1) = give each \
             pattern to a step of its own, or write `[{]` for the character",
        ),
        (
            "",
            "SC0405 ``: no file is named (character 1) = write a pattern such as \
             `conf.d/*.toml`",
        ),
        (
            "/",
            "SC0405 `/`: no file is named (character 1) = write a pattern such as \
             `conf.d/*.toml`",
        ),
    ] {
        row.refused(pattern, within(&path).with_glob(pattern), &[expected]);
    }
    // Who asks for the way up gets it.
    let up = Glob::new("../conf.d/*.toml").with_parents();
    row.loaded("upwards", within(&path).with_source(up), |settings| settings.port, 5);
    // An absolute pattern is a way that the program chose.
    let absolute = format!("{}/*.toml", path.display());
    row.loaded("absolute", within(&path).with_glob(absolute), |settings| settings.port, 5);
    row.warned("none", within(&path).with_glob("none/*.toml"), &[]);
    row.end();
}

#[test]
fn row_49_the_directory_before_the_pattern_is_no_pattern() {
    let mut row = Row::new(49);
    let directory =
        directory(&[("a[1]*/conf/a.toml", "port = 5"), ("a1x/conf/a.toml", "port = 6")]);
    let path = directory.path().join("a[1]*");
    row.loaded("[1]*", within(&path).with_glob("conf/*.toml"), |settings| settings.port, 5);
    row.end();
}

#[test]
fn row_49_hidden_files_and_backups_are_passed_by() {
    let mut row = Row::new(49);
    let mut files = vec![("conf.d/10.toml", "port = 5"), ("conf.d/9.toml", "name = 'last'")];
    let others = [
        ".hidden.toml",
        "a.toml~",
        ".a.toml.swp",
        "#a.toml#",
        "a.toml.bak",
        "a.toml.orig",
        "a.toml.dpkg-old",
        "a.toml.rpmsave",
        ".git/a.toml",
    ];
    let others: Vec<_> = others.iter().map(|name| format!("conf.d/{name}")).collect();
    files.extend(others.iter().map(|name| (&**name, "broken")));
    let directory = directory(&files);
    for pattern in ["conf.d/*", "conf.d/**/*.toml", "conf.d/*.toml*"] {
        let config = || within(directory.path()).with_glob(pattern);
        row.loaded(
            pattern,
            config(),
            |settings| (settings.port, settings.name),
            (5, "last".to_owned()),
        );
        // Byte by byte, and in the list of places in that order.
        let handle = config().build().expect("all is well");
        let found: Vec<_> = handle.places().iter().map(|place| place.path.clone()).collect();
        let expected = ["10.toml", "9.toml"].map(|name| directory.path().join("conf.d").join(name));
        row.equal(pattern, &found, &expected);
    }
    // A pattern that says the dot means it.
    row.equal(
        "dot",
        &within(directory.path()).with_glob("conf.d/.*.toml").extract().is_err(),
        &true,
    );
    row.end();
}

#[test]
fn row_49_more_files_than_the_limit_are_refused() {
    let mut row = Row::new(49);
    let directory = directory(&[("a.toml", ""), ("b.toml", ""), ("c.toml", "")]);
    let mut limits = Limits::default();
    limits.glob_files = 2;
    let config = within(directory.path()).with_glob("*.toml").with_limits(limits);
    let expected = format!(
        "SC0304 {}/: `*.toml` matches more than 2 files = narrow the pattern, or raise \
         `Limits::glob_files` by `with_limits`",
        directory.path().display()
    );
    row.refused("3 files", config, &[&expected]);
    row.end();
}

#[cfg(target_os = "linux")]
#[test]
fn row_49_a_name_that_is_not_utf_8_is_not_passed_by_in_silence() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let mut row = Row::new(49);
    let directory = directory(&[("a.toml", "port = 5")]);
    let odd = directory.path().join(OsStr::from_bytes(b"odd\xff.toml"));
    if std::fs::write(odd, "port = 6").is_err() {
        return eprintln!("skipped: this file system has no such names");
    }
    let expected = format!(
        "SC0305 {}/odd\u{fffd}.toml: the pattern matches this name, which is not UTF-8 = rename it",
        directory.path().display()
    );
    let config = || within(directory.path());
    row.refused("odd", config().with_glob("*.toml"), &[&expected]);
    // Another pattern has nothing to say of it.
    row.loaded("a.toml", config().with_glob("a.*"), |settings| settings.port, 5);
    row.end();
}
