//! What `serde_json` accepts is accepted with the same result, and what it refuses is refused, by
//! both ways of reading JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use superconfig::decode::{Document, Layers, Node, Place, Scalar, Section, Tree};
use superconfig::format::SyntaxKind;
use superconfig::layer::Layer;
use superconfig::{Config, Format, Limits, SuperConfig};

/// One setting, which takes any value.
#[derive(SuperConfig)]
struct Settings {
    #[allow(dead_code)] // that it is read is what counts
    x: Tree<'static>,
}

#[derive(Default)]
struct Only(<Settings as Config>::Layer);

impl Layers for Only {
    fn layer(&mut self, _: Section) -> &mut dyn Place {
        &mut self.0
    }
}

/// The value of `x` by the fast path.
fn fast(text: &str) -> Option<Tree<'static>> {
    let mut only = Only::default();
    let mut document = Document::new(Settings::SCHEMA, &[], &mut only, false);
    Format::Json.decode(text, &Limits::default(), &mut document).ok()?;
    only.0.resolve(&mut Default::default()).map(|settings| settings.x)
}

/// Whether two trees are the same. `serde_json` takes what is beyond `u64` for a float.
fn same(ours: &Tree<'_>, theirs: &Tree<'_>) -> bool {
    match (&ours.node, &theirs.node) {
        (Node::Scalar(ours), Node::Scalar(Scalar::Float(theirs))) => {
            ours.to_float().is_ok_and(|ours| ours.to_bits() == theirs.to_bits() || ours == *theirs)
        }
        (Node::Scalar(ours), Node::Scalar(theirs)) => ours == theirs,
        (Node::List(ours), Node::List(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| same(a, b))
        }
        (Node::Table(ours), Node::Table(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(a, b)| a.0.text == b.0.text && same(&a.1, &b.1))
        }
        _ => false,
    }
}

fuzz_target!(|value: &str| {
    let text = format!("{{\"x\": {value}}}");
    // It refuses keys that stand twice, as we do.
    let theirs = serde_json::from_str::<Tree<'_>>(&text);
    let ours = Format::Json.tree(&text, &Limits::default());
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => assert!(same(ours, theirs), "{ours:?} {theirs:?}"),
        (Err(_), Err(_)) => {}
        // What is beyond a limit is refused by us alone.
        (Err(error), Ok(_)) if error.kind != SyntaxKind::Grammar => {}
        _ => panic!("ours: {ours:?}, theirs: {theirs:?}"),
    }
    if let Some(fast) = fast(&text) {
        let tree = ours.expect("the fast path may only say yes");
        let theirs = theirs.expect("and only where `serde_json` does");
        let x = |tree: &Tree<'_>| tree.get("x").is_some_and(|tree| same(&fast, tree));
        assert!(x(&tree) && x(&theirs), "{fast:?} {theirs:?}");
    }
});
