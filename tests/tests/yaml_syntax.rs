//! What is YAML and what is not, with the place and the words of every refusal.

mod settings;

use std::fmt::Write;

use settings::{agree, fast, refused, show, slow};
use superconfig::Format::Yaml;
use superconfig::decode::{Node, Tree};
use superconfig::format::{Limits, SyntaxKind};

#[track_caller]
fn tree(text: &str) -> String {
    agree(Yaml, text);
    match Yaml.tree(text, &Limits::default()) {
        Ok(tree) => show(&tree),
        Err(error) => panic!("{text:?} is refused: {error:?}"),
    }
}

#[test]
fn a_refusal_says_what_is_wrong_and_what_to_do() {
    let cases = [
        ("a:\n\tb: 1", "a tab in the indentation (indent with spaces)", "\t"),
        ("a:\n  b: 1\n c: 2", "a key is expected here (is the line indented like its", "c"),
        ("a: 1\n b: 2", "a `:` where no key can stand", ":"),
        ("a: b: c", "a `:` where no key can stand (quote the value", ":"),
        ("a: @x", "a value cannot begin with `@` or a backtick (quote the value)", "@"),
        ("a: `x`", "a value cannot begin with `@` or a backtick (quote the value)", "`"),
        ("a: %x", "a value cannot begin with `%`", "%"),
        ("a: [1, 2", "a list is not closed (write `]` where it ends)", "["),
        ("a: {b: 1", "a table is not closed", "{"),
        ("a: [x,, y]", "a comma where a value is expected", ","),
        ("key: [a]]", "a bracket that closes nothing", "]"),
        ("a: 'x", "a quote is not closed", "'"),
        ("a: \"x\" y", "something follows the closing quote", "y"),
        ("a: \"\\q\"", "an escape that YAML does not have", "\""),
        ("a: - b", "a `-` where no list can begin", "-"),
        ("- a\nb: 1", "a list item is expected here", "b"),
        ("a: \"x\nb: 1\n", "a line of a quoted value is not indented", "b"),
        ("a: |\n  text\n less", "a key is expected here", "l"),
        ("a: \"\\ud800\"", "an escape that is no character", "\""),
        ("a: \0", "a NUL byte", "\0"),
        ("a: \u{1}", "", "\u{1}"),
        ("\u{feff}a: 1\nb: @x", "a value cannot begin with `@`", "@"),
        // One document.
        ("a: 1\n---\nb: 2", "one document expected, a second begins here", "---"),
        ("a: 1\n---\n", "one document expected", "---"),
        ("---\n---\na: 1", "one document expected", "---"),
        ("a: 1\n...\n---\n...\n", "one document expected", "---"),
        // Tags.
        ("a: !Foo 1", "the tag `!Foo` is not known here", "!Foo"),
        ("a: !!binary aGk=", "the tag `!!binary` is not known here", "!!binary"),
        ("a: !!python/object:os.x {}", "the tag `!!python/object:os.x` is", "!!python/object:os.x"),
        ("a: !<tag:x,2000:y> 1", "the tag `!<tag:x,2000:y>` is", "!<tag:x,2000:y>"),
        ("a: !!set {x}", "the tag `!!set` is not known here", "!!set"),
        ("a: !e!x 1", "a tag whose prefix is not declared", "!"),
        ("a: !!int x", "the value is not what its tag `!!int` says", "!!int"),
        ("a: !!bool yes", "the value is not what its tag `!!bool` says", "!!bool"),
        ("a: !!seq {}", "the value is not what its tag `!!seq` says", "!!seq"),
        // Anchors.
        ("a: *x", "an alias to an unknown anchor", "*"),
        ("a: [*x-y, 1]\nx-y: &x-y 1", "an alias to an unknown anchor", "*"),
        ("a: &x [1, *x]", "an alias to the value that it stands in", "*x"),
        ("a: &x\n  b: {c: *x}", "an alias to the value that it stands in", "*x"),
        ("a: {<<: 1}", "`<<` takes a table or a list of tables", "1"),
        ("a: {<<: [{b: 1}, 2]}", "`<<` takes a table or a list of tables", "2"),
        ("x: &x {a: 1}\ny: {<<: *x, <<: *x}", "the key \"<<\" stands twice", "<<"),
        // Keys.
        ("? [1]\n: 2", "a list or table as a key (a setting's key is a string)", "[1]"),
        (
            "name: {{ x }}",
            "a list or table as a key (`{{` begins a table in a table: write",
            "{ x }",
        ),
        ("{{a: 1}: 2}", "a list or table as a key", "{a: 1}"),
        ("a: &x [1]\n*x : 2", "a list or table as a key", "*x"),
    ];
    for (text, message, place) in cases {
        let (said, at) = refused(Yaml, text);
        assert!(said.contains(message), "{text:?}: {said:?}");
        assert!(at == place || (place == "*" && at.starts_with('*')), "{text:?}: {at:?}");
    }
}

#[test]
fn what_is_read() {
    let cases = [
        ("", "{}"),
        ("# only a comment", "{}"),
        ("---", "{}"),
        ("---\n...\n", "{}"),
        ("\u{feff}a: 1\r\nb: 2\r\n", "{a: ~1, b: ~2}"),
        ("---\na: 1\n...", "{a: ~1}"),
        ("%YAML 1.2\n---\na: yes", "{a: ~yes}"),
        ("- 1\n- [2, {a: b}]", "[~1, [~2, {a: ~b}]]"),
        ("a:\nb: ~\n{}", "!"),
        ("a: 'it''s'\nb: \"\\u263a\\x41\\n\"", "{a: \"it's\", b: \"☺A\\n\"}"),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y", "{a: \"x\\ny\\n\", b: \"x y\"}"),
        ("a: x\n  y # c\nb: x#y", "{a: ~x y, b: ~x#y}"),
        ("1: a\ntrue: b\n1.50: c\n~: d\n\"\": e", "{1: ~a, true: ~b, 1.50: ~c, ~: ~d, : ~e}"),
        ("? a\n: b\n? c", "{a: ~b, c: ~}"),
        ("{a, b: }", "{a: ~, b: ~}"),
        // The core schema's tags.
        (
            "a: !!str 12\nb: !!int '12'\nc: !!float 1\nd: !!bool 'true'\ne: !!null ''\nf: ! 1",
            "{a: \"12\", b: ~12, c: 1.0, d: true, e: null, f: \"1\"}",
        ),
        ("!!map {a: !!seq [!<tag:yaml.org,2002:str> 1]}", "{a: [\"1\"]}"),
        ("%TAG !m! tag:yaml.org,2002:i\n---\na: !m!nt 3", "{a: ~3}"),
        // Anchors and merge keys.
        ("a: &x {b: [1]}\nc: *x", "{a: {b: [~1]}, c: {b: [~1]}}"),
        ("a: &x 1\nb: *x\nc: &x 2\nd: *x", "{a: ~1, b: ~1, c: ~2, d: ~2}"),
        ("a: &x k\n*x : 1", "{a: ~k, k: ~1}"),
        ("a: &x {b: &y 1}\nc: [*x, *y]", "{a: {b: ~1}, c: [{b: ~1}, ~1]}"),
        ("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}", "{a: {x: ~1, y: ~2}, b: {y: ~3, x: ~1}}"),
        (
            "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b]}",
            "{a: {x: ~1}, b: {x: ~2, y: ~3}, c: {x: ~1, y: ~3}}",
        ),
        (
            "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}",
            "{a: {x: ~1}, b: {y: ~2, x: ~1}, c: {y: ~2, x: ~1}}",
        ),
        ("a: {<<: {x: 1}}\nb: {'<<': 2}", "{a: {x: ~1}, b: {<<: ~2}}"),
    ];
    for (text, expected) in cases {
        if expected == "!" {
            refused(Yaml, text);
        } else {
            assert_eq!(tree(text), expected, "{text:?}");
        }
    }
}

#[test]
fn only_true_and_false_are_booleans() {
    for text in ["true", "True", "TRUE", "false"] {
        assert!(slow(Yaml, &format!("debug: {text}"), false).is_ok(), "{text}");
    }
    for (text, hint) in [
        ("yes", "write `true`"),
        ("on", "write `true`"),
        ("NO", "write `false`"),
        ("off", "write `false`"),
        ("y", "write `true`"),
        ("1", "expected a boolean"),
    ] {
        let errors = slow(Yaml, &format!("debug: {text}"), false).expect_err("no boolean");
        assert!(errors[0].contains(hint), "{errors:?}");
        let said = fast(Yaml, &format!("name: {text}"), false).expect("a string");
        assert!(said.settings.contains(&format!("name=Some({text:?})")), "{said:?}");
    }
}

#[test]
fn a_scalar_keeps_its_text_until_its_type_is_known() {
    for text in ["0o7", "0x1F", "1_000", "07", "0b11", "1e3", "1:30", "1.10", ".inf", "2024-01-01"]
    {
        let said =
            fast(Yaml, &format!("name: {text}\nplugins: [{text}]"), false).expect("a string");
        assert!(said.settings.contains(&format!("name=Some({text:?});plugins=Some([{text:?}])")));
    }
    for (text, value) in [("0o7", 7), ("0x1F", 31), ("07", 7), ("+5", 5)] {
        let said = fast(Yaml, &format!("small: {text}"), false).expect("an integer");
        assert!(said.settings.contains(&format!("small=Some({value})")), "{text}: {said:?}");
    }
    for text in ["1_000", "0b11", "1e3", "1:30", "1.10", "1.0", ".inf", "300", "-1", "'7'"] {
        assert!(slow(Yaml, &format!("small: {text}"), false).is_err(), "{text}");
        assert!(fast(Yaml, &format!("small: {text}"), false).is_err(), "{text}");
    }
    let said = fast(Yaml, "large: 18446744073709551615\nratio: -.INF", false).expect("fits");
    assert!(said.settings.contains("large=Some(18446744073709551615);ratio=Some(-inf)"));
    assert!(slow(Yaml, "large: 18446744073709551616", false).is_err());
}

#[test]
fn a_key_twice_names_both_places() {
    let error = Yaml.tree("a: 1\nb:\n  x: 1\n  'x': 2", &Limits::default()).expect_err("twice");
    assert_eq!(error.kind, SyntaxKind::DuplicateKey);
    assert_eq!((error.other.map(|s| s.start), error.span.map(|s| s.start)), (Some(10), Some(17)));
    for inner in ["{x: 1, x: 2}", "[{y: {x: 1, \"x\": 2}}]"] {
        for key in ["unknown", "any", "staging", "labels", "profile"] {
            let (message, _) = refused(Yaml, &format!("{key}: {inner}"));
            assert!(message.contains("stands twice"), "{key}: {message}");
        }
    }
    let mut many = String::new();
    for key in (0..40).chain([3]) {
        let _ = writeln!(many, "k{key}: 1");
    }
    assert!(refused(Yaml, &many).0.contains("\"k3\" stands twice"));
    assert!(agree(Yaml, "name: a\ntitle: b"), "two spellings are a remark");
}

#[test]
fn an_alias_has_the_place_where_it_stands() {
    let text = "a: &x {b: [1]}\nc: *x\nd: {<<: *x}";
    let tree = Yaml.tree(text, &Limits::default()).expect("YAML");
    let place = |tree: &Tree<'_>| tree.span.map(|span| (&text[span.range()], span.start));
    assert_eq!(tree.get("c").and_then(place), Some(("*x", 18)));
    assert_eq!(tree.get("c").and_then(|c| c.get("b")).and_then(place), Some(("[1]", 10)));
    assert_eq!(tree.get("d").and_then(|d| d.get("b")).and_then(place), Some(("[1]", 10)));
    let Node::Table(entries) = &tree.node else { panic!("a table") };
    assert_eq!(entries[1].0.span.map(|span| span.start), Some(15));
}

#[test]
fn depth_ends_early_and_cheaply() {
    let most = 100_000;
    let cases = ["- ", "{a: ", "? ", "[", "[{a: ", "- ? ", "? - "];
    let closed =
        [("[", "]"), ("{a: ", "}")].map(|(open, close)| open.repeat(most) + &close.repeat(most));
    for text in cases.iter().map(|open| open.repeat(most)).chain(closed) {
        assert!(fast(Yaml, &text, false).is_err());
        let error = Yaml.tree(&text, &Limits::default()).expect_err("too deep");
        assert_eq!(error.kind, SyntaxKind::TooDeep, "{}: {error:?}", &text[..8]);
    }
    let mut deep = "x: &a0 [1]\n".to_owned();
    for level in 1..200 {
        let _ = writeln!(deep, "x{level}: &a{level} [*a{}]", level - 1);
    }
    let error = Yaml.tree(&deep, &Limits::default()).expect_err("too deep");
    assert_eq!(error.kind, SyntaxKind::TooDeep, "by way of aliases");
}

#[test]
fn bombs_do_not_go_off() {
    let mut lists = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut tables = "a0: &a0 {a: x, b: x, c: x, d: x}\n".to_owned();
    let mut merges = tables.clone();
    for level in 1..10 {
        let before = format!("*a{}", level - 1);
        let _ = writeln!(lists, "a{level}: &a{level} [{}]", [&*before; 9].join(", "));
        let entries: Vec<_> = (0..9).map(|key| format!("k{key}: {before}")).collect();
        let _ = writeln!(tables, "a{level}: &a{level} {{{}}}", entries.join(", "));
        let _ = writeln!(merges, "a{level}: &a{level} {{<<: [{}]}}", [&*before; 9].join(", "));
    }
    let scalar = format!("a: &a {}\nb:\n{}", "x".repeat(100_000), "- *a\n".repeat(40_000));
    let quoted = format!("a: &a \"\\t{}\"\nb:\n{}", "x".repeat(100_000), "- *a\n".repeat(40_000));
    let key = format!("a: &a {}\nb:\n{}", "x".repeat(1_000), "- {*a : *a}\n".repeat(100_000));
    let mut limits = Limits::default();
    for text in [lists, tables, merges, scalar, quoted, key] {
        assert!(fast(Yaml, &text, false).is_err());
        let error = Yaml.tree(&text, &limits).expect_err("too large");
        assert_eq!(error.kind, SyntaxKind::TooLarge, "{error:?}");
        assert!(error.message.contains("alias expansion too large"), "{error:?}");
        assert!(error.span.is_some(), "the alias is named");
        // The first may go as far as it can; six times would only be slow.
        limits.expanded_bytes = 4 << 20;
    }
}

#[test]
fn size_is_limited_and_takes_linear_time() {
    let mut limits = Limits::default();
    limits.nodes = 10_000;
    for text in ["- x\n".repeat(10_000), format!("[{}]", "x,".repeat(10_000))] {
        let error = Yaml.tree(&text, &limits).expect_err("too many");
        assert_eq!(error.kind, SyntaxKind::TooLarge);
    }
    // Were a key compared with all before it, this would not end.
    let mut keys = String::new();
    for key in 0..200_000 {
        let _ = writeln!(keys, "k{key}: 0");
    }
    assert!(fast(Yaml, &keys, false).is_ok());
    assert!(Yaml.tree(&keys, &Limits::default()).is_ok());
    let long = format!("{}: 1", "k".repeat(1025));
    assert!(fast(Yaml, &long, false).is_err());
    assert!(Yaml.tree(&long, &Limits::default()).is_err());
}
