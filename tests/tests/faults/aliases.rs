//! Aliases of YAML that expand to more than there is: rows 36 and 37.

use std::fmt::Write;

use superconfig::Format::Yaml;
use superconfig::Limits;

use crate::{One, Row, Settings, text};

/// Nine levels of nine aliases each: 9^9 values of the innermost.
fn bomb(begin: &str, item: impl Fn(usize, char) -> String, end: &str) -> String {
    let mut yaml = format!("a: &a {begin}x{end}\n");
    for (before, name) in ('a'..='i').zip('b'..='j') {
        let items: Vec<_> = (0..9).map(|index| item(index, before)).collect();
        let _ = writeln!(yaml, "{name}: &{name} {begin}{}{end}", items.join(", "));
    }
    yaml
}

#[test]
fn row_36_a_billion_laughs_are_refused() {
    let mut row = Row::new(36);
    let list = bomb("[", |_, name| format!("*{name}"), "]");
    row.refused(
        "lists",
        text::<Settings>(Yaml, &*list),
        &["SC0304 a.yaml:7:20: alias expansion too large: more than 67108864 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    let table = bomb("{", |index, name| format!("k{index}: *{name}"), "}");
    row.refused(
        "tables",
        text::<Settings>(Yaml, table),
        &["SC0304 a.yaml:7:20: alias expansion too large: more than 67108864 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    // In a setting's own place, and with merge keys.
    row.refused(
        "a setting",
        text::<One<serde_json::Value>>(Yaml, format!("{list}v: *j")),
        &["SC0304 a.yaml:7:20: alias expansion too large: more than 67108864 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    let merged = bomb("{", |index, name| format!("k{index}: {{<<: *{name}}}"), "}");
    row.refused(
        "merge keys",
        text::<Settings>(Yaml, merged),
        &["SC0304 a.yaml:7:17: alias expansion too large: more than 67108864 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    row.end();
}

#[test]
fn row_36_the_number_of_values_is_limited_before_their_bytes_are() {
    let mut row = Row::new(36);
    let mut limits = Limits::default();
    limits.nodes = 1_000;
    let list = bomb("[", |_, name| format!("*{name}"), "]");
    row.refused(
        "nodes",
        text::<Settings>(Yaml, list).with_limits(limits),
        &["SC0304 a.yaml:4:24: more than 1000 values in one document = raise `Limits::nodes` \
             by `with_limits` if the text is meant to be so"],
    );
    row.end();
}

#[test]
fn row_37_a_long_text_repeated_often_is_refused() {
    let mut row = Row::new(37);
    let long = "x".repeat(100_000);
    let many = "*a, ".repeat(40_000);
    let yaml = format!("name: &a {long}\ntags: [{many}]");
    row.refused(
        "in a list",
        text::<Settings>(Yaml, &*yaml),
        &["SC0304 a.yaml:2:2688: alias expansion too large: more than 67108864 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    let yaml = format!("other: &a {long}\nunknown: [{many}]");
    row.refused(
        "where nobody reads it",
        text::<Settings>(Yaml, &*yaml),
        &["SC0304 a.yaml:2:2691: alias expansion too large: more than 67108864 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    // As a key.
    let keys = "{*a : 1}, ".repeat(40_000);
    let mut limits = Limits::default();
    limits.key_bytes = 200_000;
    let yaml = format!("other: &a {long}\nunknown: [{keys}]");
    row.refused(
        "as a key",
        text::<Settings>(Yaml, yaml).with_limits(limits),
        &["SC0304 a.yaml:2:6712: alias expansion too large: more than 67108864 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    row.end();
}

#[test]
fn row_37_the_limit_is_settable_and_aliases_within_it_are_fine() {
    let mut row = Row::new(37);
    let yaml = format!("name: &a {}\ntags: [{}]", "x".repeat(1_000), "*a, ".repeat(100));
    row.loaded("fine", text(Yaml, &*yaml), |settings: Settings| settings.tags.len(), 100);
    let mut limits = Limits::default();
    limits.expanded_bytes = 10_000;
    row.refused(
        "10,000 bytes",
        text::<Settings>(Yaml, yaml).with_limits(limits),
        &["SC0304 a.yaml:2:40: alias expansion too large: more than 10000 bytes = raise \
             `Limits::expanded_bytes` by `with_limits` if the text is meant to be so"],
    );
    row.end();
}
