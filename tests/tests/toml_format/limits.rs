//! Documents that are too deep, too large, or made to cost time.

use superconfig::decode::Document;
use superconfig::format::{SyntaxError, SyntaxKind};
use superconfig::schema::{Body, Schema};
use superconfig::{Format, Limits};

use crate::cell::{Cells, Plan};

static NOTHING: Schema = Schema::new("Nothing", Body::Record(&[]));

/// The tree's verdict. The fast path must not say yes where the tree says no, and neither may
/// take long, on a stack that is much smaller than usual.
fn read(text: String, limits: Limits) -> Result<(), SyntaxError> {
    let run = move || {
        let tree = Format::Toml.tree(&text, &limits);
        let mut cells = Cells::new(Plan::Map([].into(), Some(Box::new(Plan::Leaf))));
        let mut document = Document::new(&NOTHING, &[], &mut cells, false);
        let fast = Format::Toml.decode(&text, &limits, &mut document);
        assert!(fast.is_err() || tree.is_ok());
        tree.map(|_| ())
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(run).expect("a thread");
    thread.join().expect("no panic")
}

fn kind(text: &str) -> Option<SyntaxKind> {
    read(text.to_owned(), Limits::default()).err().map(|error| error.kind)
}

#[test]
fn a_hundred_thousand_levels_are_too_deep() {
    const MANY: usize = 100_000;
    let texts = [
        format!("a = {}", "[".repeat(MANY)),
        format!("a = {}{}", "[".repeat(MANY), "]".repeat(MANY)),
        format!("a = {}", "{a=".repeat(MANY)),
        format!("a = {}1{}", "{a=".repeat(MANY), "}".repeat(MANY)),
        format!("a{} = 1", ".a".repeat(MANY)),
        format!("[a{}]", ".a".repeat(MANY)),
        format!("[[a{}]]", ".a".repeat(MANY)),
        format!("a = {{ a{} = 1 }}", ".a".repeat(MANY)),
        format!("a = {}", "[{a.b.c=".repeat(MANY)),
        // Deep only together.
        format!(
            "[a{}]\nb{} = {}1{}",
            ".a".repeat(50),
            ".b".repeat(50),
            "[".repeat(50),
            "]".repeat(50)
        ),
    ];
    for text in texts {
        assert_eq!(kind(&text), Some(SyntaxKind::TooDeep), "{}", &text[..20]);
    }
    // Headers that are never closed are no values, however many there are.
    assert_eq!(kind(&"[".repeat(MANY)), Some(SyntaxKind::Grammar));
}

#[test]
fn the_limit_of_depth_is_ours() {
    let nested = |levels: usize| {
        [
            format!("a = {}{}", "[".repeat(levels), "]".repeat(levels)),
            format!("a = {}1{}", "{a=".repeat(levels), "}".repeat(levels)),
            format!("a{} = 1", ".a".repeat(levels)),
            format!("[a{}]", ".a".repeat(levels - 1)),
            format!("[[a{}]]", ".a".repeat(levels - 2)),
        ]
    };
    for text in nested(128) {
        assert_eq!(kind(&text), None, "{}", &text[..20]);
    }
    for text in nested(129) {
        assert_eq!(kind(&text), Some(SyntaxKind::TooDeep), "{}", &text[..20]);
    }
    let error = read(nested(129)[0].clone(), Limits::default()).expect_err("too deep");
    assert_eq!(error.message, "nested deeper than 128 levels");
}

#[test]
fn the_limit_of_values_is_exact() {
    let mut limits = Limits::default();
    limits.nodes = 6;
    let fits = ["a = [1, 2, 3, 4, 5]", "a.b.c.d.e.f = 1", "[a.b]\nc = 1\n[[a.d]]\nx = 1"];
    for text in fits {
        read(text.to_owned(), limits.clone()).expect(text);
        let error = read(format!("{text}\nz = 1"), limits.clone()).expect_err(text);
        assert_eq!(error.kind, SyntaxKind::TooLarge, "{text}");
        assert_eq!(error.message, "more than 6 values in one document");
    }
}

#[test]
fn a_long_key_is_too_large() {
    let key = "k".repeat(1024);
    assert_eq!(kind(&format!("{key} = 1")), None);
    for text in [format!("{key}k = 1"), format!("[\"{key}k\"]"), format!("a = {{ {key}k = 1 }}")] {
        assert_eq!(kind(&text), Some(SyntaxKind::TooLarge));
    }
}

#[test]
fn many_keys_and_items_take_linear_time() {
    let keys: Vec<_> = (0..200_000).map(|i| format!("key{i} = {i}")).collect();
    assert_eq!(kind(&keys.join("\n")), None);
    let tables: Vec<_> = (0..100_000).map(|i| format!("[t.key{i}]\na = 1\n")).collect();
    assert_eq!(kind(&tables.concat()), None);
    assert_eq!(kind(&format!("a = {{ {} }}", keys.join(", "))), None);
    assert_eq!(kind(&format!("a = [{}]", "1,".repeat(999_000))), None);
    assert_eq!(kind(&format!("a = [{}]", "1,".repeat(1_000_000))), Some(SyntaxKind::TooLarge));
    assert_eq!(kind(&"[[a]]\n".repeat(200_000)), None);
    assert_eq!(kind(&"a.b.c = 1\n".repeat(50_000)), Some(SyntaxKind::DuplicateKey));
    assert_eq!(kind(&"=\n".repeat(200_000)), Some(SyntaxKind::Grammar));
}
