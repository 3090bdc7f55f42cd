//! Settings of every kind, written as the derive would write them, and what holds for every
//! format: the fast path says yes only where the tree does, with the same result.
// Each test file has a copy of its own, and uses a part of it.
#![allow(dead_code, unreachable_pub)]

use std::collections::BTreeMap;
use std::fmt::Write;

use superconfig::Format;
use superconfig::decode::{
    Choice, Document, Layers, Node, Place, Record, Scalar, Section, Target, Tree, What,
};
use superconfig::format::{Bail, Limits};
use superconfig::layer::{
    Keyword, Keywords, Layer, Leaf, List, Map, MergeKey, NestedList, Optional, Replace, Resolution,
};
use superconfig::schema::{self, Alias, Body, Field, Kind, Schema, Variant, Word};

/// A struct's layer whose value is a text that shows everything it holds.
macro_rules! record {
    ($name:ident, $schema:ident { $($index:literal $field:ident: $cell:ty,)* }) => {
        #[derive(Default)]
        pub struct $name { $(pub $field: $cell,)* }

        impl Place for $name {
            fn target(&mut self) -> Target<'_> { Target::Record(self) }
            fn is_set(&self) -> bool { false $(|| self.$field.is_set())* }
        }

        impl Record for $name {
            fn schema(&self) -> &'static Schema { &$schema }
            fn place(&mut self, index: usize) -> &mut dyn Place {
                match index { $($index => &mut self.$field,)* _ => panic!("no field {index}") }
            }
        }

        impl Layer for $name {
            type Value = String;
            fn merge(&mut self, later: Self) { $(self.$field.merge(later.$field);)* }
            fn resolve(self, cx: &mut Resolution) -> Option<String> {
                let mut text = String::new();
                $(
                    if self.$field.is_set() {
                        let value = self.$field.resolve(cx);
                        let _ = write!(text, "{}={value:?};", stringify!($field));
                    }
                )*
                Some(text)
            }
            fn from_value(_: String) -> Self { Self::default() }
        }
    };
}

static INNER: Schema = Schema {
    deny_unknown: true,
    ..Schema::new(
        "Inner",
        Body::Record(&[
            Field::new("host", "HOST", Kind::Leaf),
            Field::new("port", "PORT", Kind::Leaf),
            Field { optional: true, ..Field::new("note", "NOTE", Kind::Leaf) },
        ]),
    )
};
record!(Inner, INNER {
    0 host: Leaf<String>,
    1 port: Leaf<u16>,
    2 note: Optional<Leaf<String>>,
});

static LOG: Schema = Schema::new("Log", Body::Record(&[Field::new("level", "LEVEL", Kind::Leaf)]));
record!(Log, LOG { 0 level: Leaf<String>, });

pub struct ByHost;
impl MergeKey for ByHost {
    const FIELD: Option<&'static str> = Some("host");
}

#[derive(Debug)]
pub enum Mode {
    Fast,
    Safe,
}
impl Keywords for Mode {
    const SCHEMA: &'static Schema =
        &Schema::new("Mode", Body::Keyword(&[Word::new("fast"), Word::new("safe")]));
    fn from_index(index: usize) -> Option<Self> {
        [Self::Fast, Self::Safe].into_iter().nth(index)
    }
}

static STORE: Schema = Schema::new(
    "Store",
    Body::Choice {
        tag: "kind",
        variants: &[Variant::new(Word::new("net"), &INNER), Variant::new(Word::new("log"), &LOG)],
    },
);
#[derive(Default)]
pub struct Store {
    tag: Option<usize>,
    net: Inner,
    log: Log,
}
impl Place for Store {
    fn target(&mut self) -> Target<'_> {
        Target::Choice(self)
    }
    fn is_set(&self) -> bool {
        self.tag.is_some() || self.net.is_set() || self.log.is_set()
    }
}
impl Choice for Store {
    fn schema(&self) -> &'static Schema {
        &STORE
    }
    fn select(&mut self, variant: usize) {
        self.tag = Some(variant);
    }
    fn selected(&self) -> Option<usize> {
        self.tag
    }
    fn variant(&mut self, variant: usize) -> &mut dyn Place {
        if variant == 0 { &mut self.net } else { &mut self.log }
    }
}
impl Layer for Store {
    type Value = String;
    fn merge(&mut self, _: Self) {}
    fn resolve(self, cx: &mut Resolution) -> Option<String> {
        Some(format!("{:?} {:?} {:?}", self.tag, self.net.resolve(cx), self.log.resolve(cx)))
    }
    fn from_value(_: String) -> Self {
        Self::default()
    }
}

static ROOT: Schema = Schema {
    profiles: &["production", "staging"],
    ..Schema::new(
        "Root",
        Body::Record(&[
            Field {
                aliases: &[Alias::new("title"), Alias::deprecated("app")],
                ..Field::new("name", "NAME", Kind::Leaf)
            },
            Field::new("small", "SMALL", Kind::Leaf),
            Field::new("large", "LARGE", Kind::Leaf),
            Field::new("ratio", "RATIO", Kind::Leaf),
            Field::new("debug", "DEBUG", Kind::Leaf),
            Field::new("max_size", "MAX_SIZE", Kind::Leaf),
            Field::new("plugins", "PLUGINS", Kind::List),
            Field::new("ports", "PORTS", Kind::List),
            Field::new("labels", "LABELS", Kind::Map),
            Field::new("net", "NET", Kind::Nested(&INNER)),
            Field { optional: true, ..Field::new("tls", "TLS", Kind::Nested(&INNER)) },
            Field::new(
                "servers",
                "SERVERS",
                Kind::NestedList { schema: schema::Inner::By(|| &INNER), merge_by: Some("host") },
            ),
            Field::new("upstreams", "UPSTREAMS", Kind::NestedMap(schema::Inner::By(|| &INNER))),
            Field::new("any", "ANY", Kind::Leaf),
            Field::new("mode", "MODE", Kind::Leaf),
            Field::new("store", "STORE", Kind::Nested(&STORE)),
            Field::new("log", "", Kind::Flatten(&LOG)),
            Field { deprecated: Some("old"), ..Field::new("old", "OLD", Kind::Leaf) },
        ]),
    )
};
record!(Root, ROOT {
    0 name: Leaf<String>,
    1 small: Leaf<u8>,
    2 large: Leaf<u64>,
    3 ratio: Leaf<f64>,
    4 debug: Leaf<bool>,
    5 max_size: Leaf<i128>,
    6 plugins: List<Vec<String>>,
    7 ports: List<Vec<u16>>,
    8 labels: Map<BTreeMap<String, Option<String>>, Optional<Leaf<String>>>,
    9 net: Inner,
    10 tls: Optional<Inner>,
    11 servers: NestedList<Vec<String>, Inner, Replace, ByHost>,
    12 upstreams: Map<BTreeMap<String, String>, Inner>,
    13 any: Leaf<serde_json::Value>,
    14 mode: Keyword<Mode>,
    15 store: Store,
    16 log: Log,
    17 old: Optional<Leaf<String>>,
});

/// The layers of one document.
#[derive(Default)]
pub struct Stack(BTreeMap<Section, Root>);

impl Layers for Stack {
    fn layer(&mut self, section: Section) -> &mut dyn Place {
        self.0.entry(section).or_default()
    }
}

/// What a document says: every section's settings, the profiles that it has, and whether there is
/// something worth a warning.
#[derive(Debug, PartialEq)]
pub struct Said {
    pub settings: String,
    pub found: Vec<String>,
    pub remarks: bool,
}

fn said(stack: Stack, found: Vec<String>, remarks: bool) -> Said {
    let mut settings = String::new();
    for (section, root) in stack.0 {
        let text = root.resolve(&mut Resolution::default()).unwrap_or_default();
        let _ = writeln!(settings, "{section:?}: {text}");
    }
    Said { settings, found, remarks }
}

const SELECTED: [&str; 2] = ["eu", "production"];

/// The fast path.
pub fn fast(format: Format, text: &str, strict: bool) -> Result<Said, Bail> {
    let selected = SELECTED.map(str::to_owned);
    let mut stack = Stack::default();
    let mut document = Document::new(&ROOT, &selected, &mut stack, strict);
    format.decode(text, &Limits::default(), &mut document)?;
    let (found, remarks) = (document.found, document.remarks);
    Ok(said(stack, found, remarks))
}

/// By way of the tree; the errors are one text each.
pub fn slow(format: Format, text: &str, strict: bool) -> Result<Said, Vec<String>> {
    let tree = format.tree(text, &Limits::default()).map_err(|e| vec![e.message])?;
    let selected = SELECTED.map(str::to_owned);
    let mut stack = Stack::default();
    let mut document = Document::new(&ROOT, &selected, &mut stack, strict);
    let findings = document.apply(&tree).findings;
    let found = document.found;
    let mut errors = Vec::new();
    for finding in &findings {
        match &finding.what {
            What::Fault(fault) => errors.push(format!("{}: {fault}", finding.path)),
            What::UnknownKey { denied, .. } if *denied || strict => {
                errors.push(format!("{}: unknown", finding.path));
            }
            What::NoTag { .. } => errors.push(format!("{}: no tag", finding.path)),
            _ => {}
        }
    }
    if errors.is_empty() { Ok(said(stack, found, !findings.is_empty())) } else { Err(errors) }
}

/// What holds for every text: where the fast path says yes, the tree says the same. Gives back
/// whether it said yes.
#[track_caller]
pub fn agree(format: Format, text: &str) -> bool {
    let mut yes = false;
    for strict in [false, true] {
        if let Ok(fast) = fast(format, text, strict) {
            let slow = slow(format, text, strict);
            let slow = slow.unwrap_or_else(|e| panic!("only the fast path accepts\n{text}\n{e:?}"));
            assert_eq!((&fast.settings, &fast.found), (&slow.settings, &slow.found), "{text}");
            assert!(fast.remarks || !slow.remarks, "a remark is missing\n{text}");
            yes = true;
        }
    }
    yes
}

/// A tree as a text without its places: `{a: 1, b: ["x", ~1.5]}`, plain scalars behind a `~`.
pub fn show(tree: &Tree<'_>) -> String {
    match &tree.node {
        Node::Scalar(Scalar::Null) => "null".to_owned(),
        Node::Scalar(Scalar::Bool(value)) => value.to_string(),
        Node::Scalar(Scalar::Integer(value)) => value.to_string(),
        Node::Scalar(Scalar::Huge(text)) => format!("huge {text}"),
        Node::Scalar(Scalar::Float(value)) => format!("{value:?}"),
        Node::Scalar(Scalar::Str(text)) => format!("{text:?}"),
        Node::Scalar(Scalar::Plain(text)) => format!("~{text}"),
        Node::Scalar(other) => format!("{other:?}"),
        Node::List(items) => {
            format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", "))
        }
        Node::Table(entries) => {
            let entries =
                entries.iter().map(|(key, value)| format!("{}: {}", key.text, show(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        other @ Node::Elements(_) => format!("{other:?}"),
    }
}

/// The error of a text that is refused, with the text at its place.
#[track_caller]
pub fn refused(format: Format, text: &str) -> (String, String) {
    assert!(fast(format, text, false).is_err(), "the fast path accepts {text:?}");
    match format.tree(text, &Limits::default()) {
        Ok(tree) => panic!("accepted {text:?} as {}", show(&tree)),
        Err(error) => {
            let place = error.span.map_or("", |span| &text[span.range()]).to_owned();
            let message = match error.help {
                Some(help) => format!("{} ({help})", error.message),
                None => error.message,
            };
            (message, place)
        }
    }
}
