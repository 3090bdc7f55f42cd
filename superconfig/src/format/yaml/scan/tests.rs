use super::super::tokens::Parsed;
use super::*;
use crate::format::tokens::{said, texts};

fn scanned(text: &str) -> Option<String> {
    scan(text, &Limits::default()).map(|mut tokens| said(&mut tokens).expect("whole"))
}

fn parsed(text: &str) -> Option<String> {
    said(&mut Parsed::new(text, &Limits::default()).ok()?)
}

#[test]
fn it_says_what_the_parser_says() {
    let texts = [
        "a: 1",
        "# one\n\na: 1 # two\n# three\n  # four\nb: x#y\n",
        "--- # begin\na: 1\r\nb: 2\r\n",
        "a:\n  b:\n    c: 1\n  d: 2\ne:\n",
        "a:\n- 1\n- 2\nb:\n  - 3\n  -\n  - x: 1\n    y: 2\n  -   z: 3\n      w:\n      - 4\n",
        "a:\n  - - 1\n    - 2\n  -\n    - 3\n  - - - 4\n",
        "a:\n-\nb:\n-\n- c:\n- d:\n  e: f\n",
        "url: http://a.b:80/c?d=e#f\ntime: 12:30:45\nf: -1.5e+3\ng: --flag\nh: a - b\ni: a, [b], {c}\n",
        "a b : c d  \n\"e\": 'f'\n'g h':   \"i\"  # j\n1: true\n~: null\n",
        "a: ''\nb: \"\"\nc: 'it''s'\nd: \"a\\\"b\\\\c\\/d\\ne\\tf\\rg\"\ne: 'a: b # c'\nf: \"{[-'\"\n",
        "a: []\nb: {}\nc: [1, 'b', \"c\", d e]\nd: {a: 1, 'b': [x, {y: z}], \"c\": {}}\ne: [a, ]\nf: {a: b, }\n",
        "- a",
        "a: [http://b:80, c:d]  # e\n",
        "é: ü→😀 # ß\n",
        "a::\nb::c: d\n",
        "(a): =b\n$c: ^d\n<e: ;f\n/g: \\h\n_i: .j\n+k: l\n",
        "a: ---\nb: ...\n--c: d\n",
        "  \na: 1\n   \n\n",
        "a: b\n  \nc: d",
        "a: x: y",
        "a:\n  b: 1\n c: 2\n",
        "a: [b]: c",
    ];
    for text in texts {
        let scanned = scanned(text);
        assert!(scanned.is_none() || scanned == parsed(text), "{text:?}: {scanned:?}");
        let simple = !["- a", "a: x: y", "a:\n  b: 1\n c: 2\n", "a: [b]: c"].contains(&text);
        assert_eq!(scanned.is_some(), simple, "{text:?}");
    }
}

#[test]
fn it_gives_up_where_it_is_not_simple() {
    let texts = [
        "",
        "# a\n",
        "---",
        "a",
        "- a\n- b",
        "{a: 1}",
        "  a: 1",
        "%YAML 1.2\n---\na: 1",
        "a: 1\n---\nb: 2",
        "a: 1\n...",
        "---\n---\na: 1",
        "---a: 1",
        "--- a: 1",
        "a: 1\n  b",
        "a: 1\n  b: 2",
        "a: 1\nb",
        "a:\n  b",
        "a: 1\n- b",
        "a:\n  - b\n c: d",
        "- a: 1\n   b: 2",
        "a: &b c",
        "a: *b",
        "a: !c d",
        "a: |\n  b",
        "a: >\n  b",
        "a: |2\n  b\n",
        "a: |-2\n  b\n",
        "a: |x\n  b\n",
        "a: |#\n  b\n",
        "a: |\n",
        "a: |\nb: c\n",
        "a: |\n\n\nb: c\n",
        "a: |\n    \n  b\n",
        "a: |\n  b\n    \n",
        "a: |\n  b\n  \tc\n",
        "a: |\n\tb\n",
        "a: >\n  b\n   c\n",
        "a: |\n   b\n  c\n",
        "a: |\r\n  b\r\n",
        "a: |\n  b\u{a0}\n",
        "a: [|\n  b\n]",
        "|\n  b\n",
        "a: @b",
        "a: `b",
        "a: %b",
        "? a",
        "a: b: c",
        "a: b:",
        "a: - b",
        "a: -",
        "a: 'b' c",
        "a: \"b\"c",
        "a: 'b'#c",
        "a: 'b\n  c'",
        "a: \"b",
        "a: \"\\x41\"",
        "a: [b\n]",
        "a: [b, c",
        "a: [b] c",
        "a: [b]#c",
        "a: [b: c]",
        "a: [,]",
        "a: [b,,c]",
        "a: [b c: d]",
        "a: {b}",
        "a: {b: , c: d}",
        "a: {b:c}",
        "a: {\"b\":1}",
        "a: [-]",
        "a:\tb",
        "a:\n\tb: c",
        "a: b\tc",
        "a: b\rc: d",
        "# a\rb: c",
        "# a\u{7f}\nb: c",
        "a: b\u{a0}c",
        "a: b\u{feff}",
        "a: 'b\u{1}'",
        "<<: a",
        "a: {<<: b}",
        "a: 1\n\u{0}",
    ];
    for text in texts {
        assert_eq!(scanned(text), None, "{text:?}");
    }
    let long = format!("{}: 1", "a".repeat(KEY_BYTES + 1));
    assert_eq!(scanned(&long), None);
    let deep = |levels: usize| format!("a: {}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(scanned(&deep(DEPTH - 1)).is_some_and(|said| Some(said) == parsed(&deep(DEPTH - 1))));
    assert_eq!(scanned(&deep(DEPTH)), None);
    let limits = Limits { depth: 3, ..Limits::default() };
    assert!(scan(&deep(1), &limits).is_some());
    assert!(scan(&deep(2), &limits).is_none(), "the parser knows");
}

#[test]
fn whatever_it_says_the_parser_says_too() {
    let parts = [
        "a", "b:", "c: d", "- ", "-", "e: ", ": ", ":", "\n", "\n", "\n", "\n  ", "\n  ", "\n    ",
        " ", "  ", "[", "]", "{", "}", ",", ", ", "'", "''", "\"", "\\\"", "\\n", "#", " # f",
        "---", "...", "|", ">", "&", "*", "!", "?", "? ", "%", "@", "~", "<<: ", "1", "-2",
        "\u{e9}", "\t", "\r\n", "\r", "\u{a0}", "\u{feff}", "null", "g h", "'i'", "\"j\"",
        "[k, l]", "{m: n}",
    ];
    let begin =
        ["", "a: b\n", "a:\n  b: c\n", "a:\n- b\n", "a:\n  - b: c\n", "a: ", "a: [", "a: {"];
    let mut simple = 0;
    for (index, text) in texts(&parts, 40_000).enumerate() {
        let text = format!("{}{text}", begin[index % begin.len()]);
        if let Some(scanned) = scanned(&text) {
            assert_eq!(Some(scanned), parsed(&text), "{text:?}");
            simple += 1;
        }
    }
    assert!(simple > 1_000, "{simple}");
}

#[test]
fn a_text_block_is_what_the_parser_says() {
    let texts = [
        "a: |\n  b\n",
        "a: |-\n  b\n",
        "a: |+\n  b\n\n",
        "a: >\n  b\n  c\n\n  d\n\n\n  e\nf: g\n",
        "a: >- # h\n\n  b\n  c\n\n",
        "a: >+\n  b\n\n\nc: d\n",
        "a: |\n  b\n    c\n\n   d\n\n\ne: f\n",
        "a: |\n\n  b: c # d\n  - e\n  \"f\n# g\nh: i\n",
        "a:\n- |\n b\n- >\n  c\n  d\n- - |-\n    e\n- f: |\n    g\n  h: |\n   i\n",
        "a:\n  b: |\n    c\n  \n  d: e\n",
        "a: |\n  b  \n   \n",
        "a: >\n  b  \n  c\n",
        "a: |\n  \u{e9}\t\u{1f600}\n...\n",
    ];
    for text in texts {
        let scanned = scanned(text);
        assert!(scanned.is_none() || scanned == parsed(text), "{text:?}: {scanned:?}");
        let simple = text != "a: |\n  b  \n   \n" && !text.ends_with("...\n");
        assert_eq!(scanned.is_some(), simple, "{text:?}");
    }
}

#[test]
fn whatever_it_says_of_a_text_block_the_parser_says_too() {
    let parts = [
        "a", "b\n", "c: d\n", "\n", "\n", " ", "  ", "  ", "    ", "  e\n", "  f g\n", "    h\n",
        "  i:\n", "- j\n", "- ", "- |\n", "k: |\n", "l: >\n", "m: >-\n", "n: |+", "# p\n",
        "  # q\n", "\t", "|", ">", "-", "+", "2", "\r\n", "---\n", "...\n", "'", "\"", "&",
        "\u{e9}", "\u{a0}",
    ];
    let begin = [
        "a: |\n",
        "a: >\n",
        "a: |-\n  ",
        "b: >+\n  c\n",
        "a:\n  b: |\n",
        "a:\n- >-\n",
        "a:\n- b: |\n",
    ];
    let mut simple = 0;
    for (index, text) in crate::format::tokens::texts(&parts, 60_000).enumerate() {
        let text = format!("{}{text}", begin[index % begin.len()]);
        if let Some(scanned) = scanned(&text) {
            assert_eq!(Some(scanned), parsed(&text), "{text:?}");
            simple += 1;
        }
    }
    assert!(simple > 1_000, "{simple}");
}
