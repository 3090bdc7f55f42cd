//! What YAML invites: rows 3 to 10.

use std::collections::BTreeMap;

use superconfig::Format::{Json, Jsonc, Toml, Yaml};
use superconfig::SuperConfig;

use crate::{One, Row, Settings, report, text};

#[test]
fn row_03_broken_yaml_is_told_with_its_line_and_column() {
    let mut row = Row::new(3);
    for (yaml, expected) in [
        ("database:\n\turl: x", "SC0301 a.yaml:2:1: a tab in the indentation = indent with spaces"),
        (
            "database:\n  url: x\n pool: 1",
            "SC0301 a.yaml:3:2: a key is expected here = is the line indented like its \
             neighbours, and does its key end in `:`?",
        ),
        (
            "port: 1\n  name: x",
            "SC0301 a.yaml:2:7: a `:` where no key can stand = quote the value if the `:` \
             belongs to it, or begin a new line",
        ),
        (
            "name: b: c",
            "SC0301 a.yaml:1:8: a `:` where no key can stand = quote the value if the `:` \
             belongs to it, or begin a new line",
        ),
        (
            "name: @hunter2",
            "SC0301 a.yaml:1:7: a value cannot begin with `@` or a backtick = quote the value",
        ),
        (
            "name: `hunter2`",
            "SC0301 a.yaml:1:7: a value cannot begin with `@` or a backtick = quote the value",
        ),
        ("tags: [a, b", "SC0301 a.yaml:1:7: a list is not closed = write `]` where it ends"),
        (
            "database: {url: x",
            "SC0301 a.yaml:1:11: a table is not closed = write `}` where it ends",
        ),
        (
            "name: 'hunter2",
            "SC0301 a.yaml:1:7: a quote is not closed = write it again where the text ends",
        ),
        (
            "name: \"a\\qb\"",
            "SC0301 a.yaml:1:7: an escape that YAML does not have = write a backslash itself \
             as `\\\\`, or use single quotes",
        ),
        (
            "name: 'a' b",
            "SC0301 a.yaml:1:11: something follows the closing quote = inside quotes, write \
             `''` for `'` or `\\\"` for `\"`",
        ),
        ("port", "SC0102 a.yaml:1:1: expected a table of settings, found the string \"port\""),
        (
            "tags:\n  - a\n b",
            "SC0301 a.yaml:3:2: a key is expected here = is the line indented like its \
             neighbours, and does its key end in `:`?",
        ),
        ("name: %x", "SC0301 a.yaml:1:7: a value cannot begin with `%` = quote the value"),
    ] {
        row.refused(yaml, text::<Settings>(Yaml, yaml), &[expected]);
        // The same by the other way.
        row.refused(yaml, text::<Settings>(Yaml, yaml).by_tree(), &[expected]);
        row.equal(yaml, &report(text::<Settings>(Yaml, yaml)).contains("hunter2"), &false);
    }
    row.end();
}

#[test]
fn row_04_a_second_document_is_refused() {
    let mut row = Row::new(4);
    for (yaml, expected) in [
        (
            "port: 1\n---\nport: 2",
            "SC0301 a.yaml:2:1: one document expected, a second begins here = remove what \
             follows, or put it into a file of its own",
        ),
        (
            "---\nport: 1\n---\n",
            "SC0301 a.yaml:3:1: one document expected, a second begins here = remove what \
             follows, or put it into a file of its own",
        ),
        (
            "port: 1\n...\n---\nport: 2",
            "SC0301 a.yaml:3:1: one document expected, a second begins here = remove what \
             follows, or put it into a file of its own",
        ),
    ] {
        row.refused(yaml, text::<Settings>(Yaml, yaml), &[expected]);
    }
    row.loaded("an end", text(Yaml, "---\nport: 2\n...\n"), |settings: Settings| settings.port, 2);
    row.end();
}

#[test]
fn row_05_yes_and_no_are_strings() {
    let mut row = Row::new(5);
    for (word, hint) in [
        ("yes", ": write `true`"),
        ("on", ": write `true`"),
        ("y", ": write `true`"),
        ("No", ": write `false`"),
        ("off", ": write `false`"),
        ("n", ": write `false`"),
        ("maybe", ""),
    ] {
        let yaml = format!("v: {word}");
        row.loaded(word, text(Yaml, &*yaml), |one: One<String>| one.v, word);
        let expected = format!(
            "SC0102 a.yaml:1:4: `v`: expected a boolean (true or false){hint}, found the string \"{word}\""
        );
        row.refused(word, text::<One<bool>>(Yaml, &*yaml), &[&expected]);
    }
    for word in ["true", "True", "TRUE"] {
        row.loaded(word, text(Yaml, format!("v: {word}")), |one: One<bool>| one.v, true);
    }
    row.end();
}

#[test]
fn row_06_a_scalar_keeps_its_text_until_its_type_is_known() {
    let mut row = Row::new(6);
    let not = |found: &str| {
        format!("SC0102 a.yaml:1:4: `v`: expected an integer from 0 to 4294967295, found {found}")
    };
    let cases: [(&str, Result<u32, String>); 9] = [
        ("0o7", Ok(7)),
        ("0x1F", Ok(31)),
        ("07", Ok(7)),
        ("+12", Ok(12)),
        ("1_000", Err(not("the string \"1_000\""))),
        ("0b11", Err(not("the string \"0b11\""))),
        ("1e3", Err(not("the number 1000.0"))),
        ("1:30", Err(not("the string \"1:30\""))),
        ("1.10", Err(not("the number 1.1"))),
    ];
    for (word, expected) in cases {
        let yaml = format!("v: {word}");
        row.loaded(word, text(Yaml, &*yaml), |one: One<String>| one.v, word);
        row.loaded(
            word,
            text(Yaml, &*yaml),
            |one: One<Option<String>>| one.v,
            Some(word.to_owned()),
        );
        let list = format!("v: [{word}]");
        row.loaded(word, text(Yaml, list), |one: One<Vec<String>>| one.v, [word]);
        match expected {
            Ok(number) => row.loaded(word, text(Yaml, &*yaml), |one: One<u32>| one.v, number),
            Err(error) => row.refused(word, text::<One<u32>>(Yaml, &*yaml), &[&error]),
        }
    }
    for (word, number) in [("1e3", 1000.0), ("1.10", 1.1), ("07", 7.0), (".5", 0.5)] {
        row.loaded(word, text(Yaml, format!("v: {word}")), |one: One<f64>| one.v, number);
    }
    row.end();
}

#[test]
fn row_07_infinity_is_a_float_and_nothing_else() {
    let mut row = Row::new(7);
    let infinities = [
        (Toml, "v = inf"),
        (Toml, "v = +inf"),
        (Yaml, "v: .inf"),
        (Yaml, "v: +.INF"),
        (Jsonc, "{v: Infinity}"),
    ];
    for (format, source) in infinities {
        row.loaded(source, text(format, source), |one: One<f64>| one.v, f64::INFINITY);
        row.loaded(source, text(format, source), |one: One<f32>| one.v, f32::INFINITY);
    }
    for (format, source) in [(Toml, "v = nan"), (Yaml, "v: .nan"), (Jsonc, "{v: NaN}")] {
        row.loaded(source, text(format, source), |one: One<f64>| one.v.is_nan(), true);
    }
    for (format, source, expected) in [
        (
            Toml,
            "v = -inf",
            "SC0102 a.toml:1:5: `v`: expected an integer from -2147483648 to 2147483647, found \
             the number -inf",
        ),
        (
            Toml,
            "v = nan",
            "SC0102 a.toml:1:5: `v`: expected an integer from -2147483648 to 2147483647, found \
             the number NaN",
        ),
        (
            Yaml,
            "v: .inf",
            "SC0102 a.yaml:1:4: `v`: expected an integer from -2147483648 to 2147483647, found \
             the number inf",
        ),
        (
            Yaml,
            "v: .nan",
            "SC0102 a.yaml:1:4: `v`: expected an integer from -2147483648 to 2147483647, found \
             the number NaN",
        ),
        (
            Jsonc,
            "{v: Infinity}",
            "SC0102 a.jsonc:1:5: `v`: expected an integer from -2147483648 to 2147483647, \
             found the number inf",
        ),
        (Json, "{\"v\": 1e999}", "SC0301 a.json:1:7: a number beyond what a float can hold"),
        (Json, "{\"v\": -1e999}", "SC0301 a.json:1:7: a number beyond what a float can hold"),
    ] {
        row.refused(source, text::<One<i32>>(format, source), &[expected]);
    }
    row.refused(
        "1e999",
        text::<One<f64>>(Json, "{\"v\": 1e999}"),
        &["SC0301 a.json:1:7: a number beyond what a float can hold"],
    );
    // Also where nobody reads it.
    row.refused(
        "1e999",
        text::<Settings>(Json, "{\"other\": [1e999]}"),
        &["SC0301 a.json:1:12: a number beyond what a float can hold"],
    );
    row.end();
}

#[test]
fn row_08_tags_construct_nothing() {
    let mut row = Row::new(8);
    let advice = "remove it: tags construct nothing; `!!str`, `!!int`, `!!float`, `!!bool`, \
                  `!!null`, `!!seq` and `!!map` are read";
    for (yaml, column, tag) in [
        ("name: !Foo x", 7, "!Foo"),
        ("name: !!binary aGk=", 7, "!!binary"),
        ("name: !!python/object:os.system ls", 7, "!!python/object:os.system"),
        ("name: !!js/function 'x'", 7, "!!js/function"),
        ("tags: !!set {a, b}", 7, "!!set"),
        ("name: !<tag:example.org,2002:x> y", 7, "!<tag:example.org,2002:x>"),
        ("other: [!Foo {a: 1}]", 9, "!Foo"),
    ] {
        let expected =
            format!("SC0301 a.yaml:1:{column}: the tag `{tag}` is not known here = {advice}");
        row.refused(yaml, text::<Settings>(Yaml, yaml), &[&expected]);
    }
    row.refused(
        "!!int x",
        text::<Settings>(Yaml, "port: !!int x"),
        &["SC0301 a.yaml:1:7: the value is not what its tag `!!int` says = correct the \
             value, or remove the tag"],
    );
    let core = "name: !!str 12\nport: !!int '5'\ndebug: !!bool 'true'\ntags: !!seq [!!str 1]";
    let values = |settings: Settings| (settings.name, settings.port, settings.debug, settings.tags);
    row.loaded(core, text(Yaml, core), values, ("12".to_owned(), 5, true, vec!["1".to_owned()]));
    row.end();
}

#[derive(SuperConfig, Debug)]
struct Stores {
    #[config(nested)]
    stores: BTreeMap<String, Store>,
}

#[derive(SuperConfig, Debug)]
struct Store {
    #[config(default = "none")]
    url: String,
    #[config(default = 1)]
    size: u8,
}

fn stores(stores: Stores) -> Vec<(String, String, u8)> {
    stores.stores.into_iter().map(|(name, store)| (name, store.url, store.size)).collect()
}

#[test]
fn row_09_anchors_aliases_and_merge_keys() {
    let mut row = Row::new(9);
    let of = |stores: &[(&str, &str, u8)]| -> Vec<(String, String, u8)> {
        stores.iter().map(|(n, u, s)| ((*n).to_owned(), (*u).to_owned(), *s)).collect()
    };
    for (yaml, expected) in [
        ("stores:\n  a: &a {url: x, size: 2}\n  b: *a", of(&[("a", "x", 2), ("b", "x", 2)])),
        (
            "stores:\n  a: &a {url: x, size: 2}\n  b:\n    <<: *a\n    size: 3",
            of(&[("a", "x", 2), ("b", "x", 3)]),
        ),
        // A key of one's own wins also where it stands before.
        (
            "stores:\n  a: &a {url: x, size: 2}\n  b: {size: 3, <<: *a}",
            of(&[("a", "x", 2), ("b", "x", 3)]),
        ),
        // Of several, the first wins.
        (
            "stores:\n  a: &a {url: x}\n  b: &b {url: y, size: 4}\n  c: {<<: [*a, *b]}",
            of(&[("a", "x", 1), ("b", "y", 4), ("c", "x", 4)]),
        ),
    ] {
        row.loaded(yaml, text(Yaml, yaml), stores, expected);
    }
    // What is wrong in an alias is told where it is used, what is wrong with one key of it where
    // that is written.
    let yaml = "stores:\n  a: &a 5\n  b: {size: *a}\n  c: *a";
    row.refused(
        yaml,
        text::<Stores>(Yaml, yaml),
        &[
            "SC0102 a.yaml:2:9: `stores.a`: expected a table, found the integer 5",
            "SC0102 a.yaml:4:6: `stores.c`: expected a table, found the integer 5",
        ],
    );
    let yaml = "stores:\n  a: &a {size: 300}\n  b: *a\n  c: {<<: *a}";
    row.refused(
        yaml,
        text::<Stores>(Yaml, yaml),
        &[
            "SC0103 a.yaml:2:16: `stores.a.size`: expected an integer from 0 to 255, found the \
             integer 300",
            "SC0103 a.yaml:2:16: `stores.b.size`: expected an integer from 0 to 255, found the \
             integer 300",
            "SC0103 a.yaml:2:16: `stores.c.size`: expected an integer from 0 to 255, found the \
             integer 300",
        ],
    );
    for (yaml, expected) in [
        (
            "stores:\n  a: {<<: 5}",
            "SC0301 a.yaml:2:11: `<<` takes a table or a list of tables = quote the key \
             (`\"<<\"`) if it is meant as one",
        ),
        (
            "stores:\n  a: {<<: [{size: 1}, 5]}",
            "SC0301 a.yaml:2:23: `<<` takes a table or a list of tables = quote the key \
             (`\"<<\"`) if it is meant as one",
        ),
        (
            "stores:\n  a: &a {size: 1}\n  b: {<<: *a, <<: *a}",
            "SC0302 a.yaml:3:15: the key \"<<\" stands twice in one table = first given in \
             line 3, column 7 = write one `<<` with a list: `<<: [*first, *second]`",
        ),
    ] {
        row.refused(yaml, text::<Stores>(Yaml, yaml), &[expected]);
    }
    row.end();
}

#[test]
fn row_10_aliases_that_lead_nowhere_or_to_themselves() {
    let mut row = Row::new(10);
    for (yaml, expected) in [
        (
            "tags: &a [x, *a]",
            "SC0301 a.yaml:1:14: an alias to the value that it stands in = first given in line \
             1, column 10",
        ),
        (
            "database: &a\n  url: {x: *a}",
            "SC0301 a.yaml:2:12: an alias to the value that it stands in = first given in line \
             2, column 3",
        ),
        (
            "name: *unknown",
            "SC0301 a.yaml:1:7: an alias to an unknown anchor = write `&name` before `*name`",
        ),
        (
            "name: *a\ntags: [&a x]",
            "SC0301 a.yaml:1:7: an alias to an unknown anchor = write `&name` before `*name`",
        ),
    ] {
        row.refused(yaml, text::<Settings>(Yaml, yaml), &[expected]);
    }
    let yaml = "tags: [&a x, *a, &a y, *a]";
    row.loaded(yaml, text(Yaml, yaml), |settings: Settings| settings.tags, ["x", "x", "y", "y"]);
    row.end();
}
