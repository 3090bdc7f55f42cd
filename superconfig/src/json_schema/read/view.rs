//! What one place of a JSON Schema says, with what it refers to.

use super::definition::{Known, Unchecked};
use super::places::Places;
use crate::decode::{Node, Scalar, Span, Tree};
use crate::diagnose::closest;
use crate::error::Code;

/// A JSON Schema in work.
pub(super) struct Reading<'t> {
    root: &'t Tree<'t>,
    pub(super) said: Vec<Said>,
    /// The parts that were read or are being read, by their places.
    pub(super) definitions: Vec<(String, Known)>,
    pub(super) defaults: Vec<Unchecked>,
    pub(super) places: Places<'t>,
}

/// Something worth saying about a place of it.
pub(super) struct Said {
    pub(super) code: Code,
    /// The place, as JSON Schema writes one: `#/properties/port`.
    pub(super) at: String,
    pub(super) span: Option<Span>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// A keyword and its value.
#[derive(Clone)]
pub(super) struct Word<'t> {
    pub(super) name: &'t str,
    pub(super) tree: &'t Tree<'t>,
    pub(super) at: String,
    /// Where its name stands.
    pub(super) key: Option<Span>,
    /// Whether it stands at the place itself, and not at one that is referred to.
    pub(super) own: bool,
}

/// All that one place says.
pub(super) struct View<'t> {
    pub(super) at: String,
    pub(super) span: Option<Span>,
    pub(super) words: Vec<Word<'t>>,
    pub(super) properties: Vec<Word<'t>>,
    pub(super) required: Vec<&'t str>,
    /// Where these are named.
    pub(super) required_at: Option<(String, Option<Span>)>,
    /// Members of `allOf` that begin with `if`.
    pub(super) conditions: Vec<Word<'t>>,
    /// Whether `null` is taken as well.
    pub(super) null: bool,
    /// The definition that this is, where nothing is added to it.
    pub(super) reference: Option<String>,
    /// Whether anything is said that makes it another type than the one that is referred to.
    structural: bool,
}

/// A reference of one place that was followed: once, because what is said already stands.
struct Followed<'t> {
    pointer: &'t str,
    done: bool,
}

/// What is said for people and tools, and takes no value away.
const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "examples",
    "example",
    "format",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "discriminator",
    "$comment",
    "$schema",
    "$id",
    "id",
    "$vocabulary",
    "$defs",
    "definitions",
];

/// What is read, where it says something.
const READ: &[&str] = &[
    "type",
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
    "allOf",
    "$ref",
];

/// What JSON Schema has and nobody looks at here.
const NOT_CHECKED: &[&str] = &[
    "pattern",
    "not",
    "if",
    "then",
    "else",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "prefixItems",
    "additionalItems",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "unevaluatedProperties",
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$recursiveRef",
    "$recursiveAnchor",
];

/// What is told of a keyword that is for values of another type.
pub(super) const SAYS_NOTHING: &str = "says nothing here";

/// Our own keyword.
pub(super) const EXTENSION: &str = "x-superconfig";

fn is_annotation(name: &str) -> bool {
    ANNOTATIONS.contains(&name) || name.starts_with("x-")
}

impl<'t> View<'t> {
    fn new(at: &str, span: Option<Span>) -> Self {
        Self {
            at: at.to_owned(),
            span,
            words: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            required_at: None,
            conditions: Vec::new(),
            null: false,
            reference: None,
            structural: false,
        }
    }

    /// A keyword, wherever it is said.
    pub(super) fn word(&self, name: &str) -> Option<&Word<'t>> {
        self.words.iter().find(|word| word.name == name)
    }

    /// A keyword that is said at the place itself.
    pub(super) fn own(&self, name: &str) -> Option<&Word<'t>> {
        self.word(name).filter(|word| word.own)
    }

    /// What is said of the type, and not of the setting that is of it.
    pub(super) fn type_doc(&self) -> &'t str {
        let is_type = |word: &&Word<'_>| !word.own || self.reference.is_none();
        let mut docs = self.words.iter().filter(|word| word.name == "description");
        docs.find(is_type).and_then(|word| as_text(word.tree)).unwrap_or_default()
    }

    /// Whether a keyword is `true`.
    pub(super) fn is(&self, name: &str) -> bool {
        self.word(name).is_some_and(|word| is_bool(word.tree, true))
    }

    /// The name of the definition that it is.
    pub(super) fn referred_name(&self) -> Option<&str> {
        self.reference.as_deref()?.rsplit('/').next().filter(|name| *name != "#")
    }
}

pub(super) fn is_bool(tree: &Tree<'_>, wanted: bool) -> bool {
    matches!(tree.node, Node::Scalar(Scalar::Bool(value)) if value == wanted)
}

pub(super) fn as_text<'t>(tree: &'t Tree<'_>) -> Option<&'t str> {
    match &tree.node {
        Node::Scalar(Scalar::Str(text)) => Some(text),
        _ => None,
    }
}

/// A place below another.
pub(super) fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Whether a schema takes `null` and nothing else.
fn is_null(tree: &Tree<'_>) -> bool {
    let word = |name| tree.get(name).map(|tree| &tree.node);
    matches!(word("type"), Some(Node::Scalar(Scalar::Str(name))) if name == "null")
        || matches!(word("const"), Some(Node::Scalar(Scalar::Null)))
}

impl<'t> Reading<'t> {
    pub(super) fn new(root: &'t Tree<'t>) -> Self {
        Self {
            root,
            said: Vec::new(),
            definitions: Vec::new(),
            defaults: Vec::new(),
            places: Places::default(),
        }
    }

    /// Something is wrong.
    pub(super) fn wrong(
        &mut self,
        at: &str,
        span: Option<Span>,
        message: impl Into<String>,
    ) -> &mut Said {
        self.say(Code::BadSchema, at, span, message.into())
    }

    /// Something is not as it seems.
    pub(super) fn warn(&mut self, at: &str, span: Option<Span>, message: String) -> &mut Said {
        self.say(Code::SchemaKeyword, at, span, message)
    }

    fn say(&mut self, code: Code, at: &str, span: Option<Span>, message: String) -> &mut Said {
        let at = at.to_owned();
        self.said.push(Said { code, at, span, message, help: None });
        let last = self.said.len() - 1;
        &mut self.said[last]
    }

    /// What the outermost place says.
    pub(super) fn whole(&mut self) -> View<'t> {
        self.view(self.root, "#")
    }

    /// What a place says.
    pub(super) fn view(&mut self, tree: &'t Tree<'t>, at: &str) -> View<'t> {
        let mut view = View::new(at, tree.span);
        self.gather(&mut view, tree, at, true, &mut Vec::new());
        view
    }

    /// Adds what a place says to what is said already, which stands.
    fn gather(
        &mut self,
        view: &mut View<'t>,
        tree: &'t Tree<'t>,
        at: &str,
        own: bool,
        around: &mut Vec<Followed<'t>>,
    ) {
        let entries = match &tree.node {
            Node::Table(entries) => entries,
            Node::Scalar(Scalar::Bool(true)) => return,
            Node::Scalar(Scalar::Bool(false)) => {
                self.wrong(at, tree.span, "`false` takes no value, and a setting has to take some");
                return;
            }
            _ => {
                let found = tree.found();
                self.wrong(at, tree.span, format!("expected a schema (an object), found {found}"));
                return;
            }
        };
        let mut parts: Vec<(&'t Tree<'t>, String)> = Vec::new();
        let mut reference = None;
        for (key, value) in entries {
            let here = below(at, &key.text);
            let word = |at| Word { name: &key.text, tree: value, at, key: key.span, own };
            match &*key.text {
                "properties" => self.properties(view, value, &here, own),
                "required" => self.required(view, value, &here),
                "$ref" => reference = Some((value, here)),
                "allOf" => {
                    for (index, member) in self.members(value, &here).iter().enumerate() {
                        let here = below(&here, &index.to_string());
                        if member.get("if").is_some() {
                            let (name, key) = ("if", member.span);
                            view.conditions.push(Word { name, tree: member, at: here, key, own });
                        } else {
                            parts.push((member, here));
                        }
                    }
                }
                "anyOf" | "oneOf" => {
                    let members = self.members(value, &here);
                    view.null |= members.iter().any(is_null);
                    let others = members.iter().enumerate().filter(|(_, tree)| !is_null(tree));
                    match others.collect::<Vec<_>>().as_slice() {
                        [(index, only)] => parts.push((only, below(&here, &index.to_string()))),
                        _ => view.words.push(word(here)),
                    }
                }
                // What is said of a setting stands beside what is said of its type.
                name if name != EXTENSION && name != "description" && view.word(name).is_some() => {
                }
                _ => view.words.push(word(here)),
            }
            let adds = !is_annotation(&key.text)
                && !matches!(&*key.text, "$ref" | "allOf" | "anyOf" | "oneOf");
            view.structural |= adds;
        }
        view.structural |= parts.len() + usize::from(reference.is_some()) > 1
            || !view.conditions.is_empty()
            || view.word("anyOf").is_some()
            || view.word("oneOf").is_some();
        for (part, here) in parts {
            self.gather(view, part, &here, own, around);
        }
        if let Some((target, here)) = reference {
            self.follow(view, target, &here, around);
        }
    }

    /// Adds what is referred to.
    fn follow(
        &mut self,
        view: &mut View<'t>,
        target: &'t Tree<'t>,
        at: &str,
        around: &mut Vec<Followed<'t>>,
    ) {
        let Some(pointer) = as_text(target) else {
            let found = target.found();
            self.wrong(at, target.span, format!("`$ref` is a text, found {found}"));
            return;
        };
        if !pointer.starts_with('#') {
            let message = format!("`$ref` to another document: {pointer:?}");
            let said = self.wrong(at, target.span, message);
            said.help = Some("put it into `$defs`, and write `#/$defs/NAME`".to_owned());
            return;
        }
        match around.iter().find(|followed| followed.pointer == pointer) {
            Some(Followed { done: true, .. }) => return,
            Some(_) => {
                self.wrong(at, target.span, format!("{pointer:?} refers to nothing but itself"));
                return;
            }
            None => {}
        }
        let Some(tree) = self.target(pointer) else {
            let said = self.wrong(at, target.span, format!("there is no {pointer:?}"));
            said.help = Some("`$ref` names a place in this schema, as `#/$defs/NAME`".to_owned());
            return;
        };
        if !view.structural {
            view.reference = Some(pointer.to_owned());
        }
        let index = around.len();
        around.push(Followed { pointer, done: false });
        self.gather(view, tree, pointer, false, around);
        around[index].done = true;
    }

    fn target(&self, pointer: &str) -> Option<&'t Tree<'t>> {
        let steps = pointer.strip_prefix('#')?;
        steps.split('/').skip(1).try_fold(self.root, |tree, step| {
            let step = step.replace("~1", "/").replace("~0", "~");
            match &tree.node {
                Node::List(items) => items.get(step.parse::<usize>().ok()?),
                _ => tree.get(&step),
            }
        })
    }

    /// The members of a list of schemas.
    pub(super) fn members(&mut self, tree: &'t Tree<'t>, at: &str) -> &'t [Tree<'t>] {
        match &tree.node {
            Node::List(items) if !items.is_empty() => items,
            _ => {
                self.wrong(at, tree.span, "expected a list of schemas");
                &[]
            }
        }
    }

    fn properties(&mut self, view: &mut View<'t>, tree: &'t Tree<'t>, at: &str, own: bool) {
        let Node::Table(entries) = &tree.node else {
            self.wrong(at, tree.span, "`properties` is an object of schemas");
            return;
        };
        for (key, value) in entries {
            if !view.properties.iter().any(|known| known.name == key.text) {
                let at = below(at, &key.text);
                let (name, key) = (&*key.text, key.span);
                view.properties.push(Word { name, tree: value, at, key, own });
            }
        }
    }

    fn required(&mut self, view: &mut View<'t>, tree: &'t Tree<'t>, at: &str) {
        match &tree.node {
            Node::List(items) if items.iter().all(|item| as_text(item).is_some()) => {
                view.required.extend(items.iter().filter_map(as_text));
                view.required_at.get_or_insert_with(|| (at.to_owned(), tree.span));
            }
            _ => {
                self.wrong(at, tree.span, "`required` is a list of names");
            }
        }
    }

    /// Names what a place says that is not looked at.
    pub(super) fn rest(&mut self, view: &View<'_>, understood: &[&str]) {
        for word in &view.words {
            let name = word.name;
            if is_annotation(name) || understood.contains(&name) {
                continue;
            }
            let span = word.key;
            if NOT_CHECKED.contains(&name) {
                let said = self.warn(&word.at, span, format!("`{name}` is not checked"));
                said.help = Some("what it refuses is taken; check it in the program".to_owned());
            } else if READ.contains(&name) {
                self.warn(&word.at, span, format!("`{name}` {SAYS_NOTHING}"));
            } else {
                let all = READ.iter().chain(ANNOTATIONS).chain([&EXTENSION]).copied();
                let said = self.warn(&word.at, span, format!("unknown keyword `{name}`"));
                said.help = closest(name, all).map(|close| format!("did you mean `{close}`?"));
            }
        }
    }
}
