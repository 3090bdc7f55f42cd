//! From a tree into a layer, stopping at nothing: every trouble becomes a [`Finding`].

mod variants;

use super::face::{Mapping, Place, Record, Sequence, Target, child};
use super::fault::Fault;
use super::json_text;
use super::reader::{Reader, split};
use super::scalar::Scalar;
use super::tree::{Key, Node, Span, Tree};
use crate::path::{KeyPath, Segment};
use crate::schema::{Field, Hit, Op, Schema};

/// Something worth saying about a place in a source.
#[derive(Debug)]
pub struct Finding {
    /// What it is.
    pub what: What,
    /// The setting.
    pub path: KeyPath,
    /// The place of the value, or of the key where that is at fault.
    pub span: Option<Span>,
    /// The field, where the setting is one.
    pub field: Option<&'static Field>,
    /// Whether the value is not to be shown.
    pub secret: bool,
}

/// What a [`Finding`] is about.
#[derive(Debug)]
#[non_exhaustive]
pub enum What {
    /// A value that the setting does not take.
    Fault(Fault),
    /// A key that no setting has.
    UnknownKey {
        /// The key.
        key: String,
        /// Where it was looked for.
        schema: &'static Schema,
        /// Whether it is an error there.
        denied: bool,
    },
    /// A key that was read for the sake of old files.
    DeprecatedKey {
        /// The key as written.
        key: String,
        /// What it does to the setting.
        op: Op,
    },
    /// A setting that is given twice in one source, by two spellings of its key.
    Shadowed {
        /// The spelling that comes later and stands.
        key: String,
    },
    /// A variant that cannot be told, because the tag is missing and the value does not fit all.
    NoTag {
        /// The tag's key.
        tag: &'static str,
        /// The variants.
        known: Vec<&'static str>,
    },
}

/// A walk over one tree, collecting what is worth saying.
#[derive(Debug, Default)]
pub struct Walk {
    /// What was found.
    pub findings: Vec<Finding>,
    /// Where the walk stands.
    pub path: KeyPath,
    /// The places of secret values, whose lines are not to be shown.
    pub secrets: Vec<Span>,
    /// The first secret that is set.
    pub holds: Option<&'static Field>,
    secret: bool,
}

impl Walk {
    /// A walk that begins at `path`.
    pub fn at(path: KeyPath) -> Self {
        Self { path, ..Self::default() }
    }

    /// Sets `place`, which `field` describes, to what `tree` says.
    pub fn apply(
        &mut self,
        place: &mut dyn Place,
        field: Option<&'static Field>,
        op: Op,
        tree: &Tree<'_>,
    ) {
        let outer = self.secret;
        if let Some(field) = field.filter(|field| field.secret) {
            self.secret = true;
            self.holds.get_or_insert(field);
        }
        if self.secret {
            self.secrets.extend(tree.span);
        }
        self.apply_inner(place, field, op, tree);
        self.secret = outer;
    }

    fn apply_inner(
        &mut self,
        place: &mut dyn Place,
        field: Option<&'static Field>,
        op: Op,
        tree: &Tree<'_>,
    ) {
        place.seen(tree);
        if let Node::Scalar(scalar) = &tree.node {
            if scalar.is_null() && op == Op::Set {
                return self.check(place.set_null(), field, tree);
            }
            if let Scalar::Text { text, .. } = scalar
                && text.is_empty()
            {
                return Self::apply_empty(place, op, tree);
            }
        }
        match place.target() {
            Target::Value(value) => {
                let result = value.set(Reader::Tree(tree));
                self.check(result, field, tree);
            }
            Target::Record(record) => {
                let guarded = record.schema().holds_secret();
                self.with_shape(tree, field, "a table", guarded, |walk, tree| match &tree.node {
                    Node::Table(entries) => walk.record(record, entries, None),
                    _ => walk.misshapen(field, "a table", guarded, tree),
                });
            }
            Target::Sequence(list) => self.sequence(list, field, op, tree),
            Target::Mapping(map) => self.mapping(map, field, op, tree),
            Target::Choice(choice) => {
                let guarded = choice.schema().holds_secret();
                self.with_shape(tree, field, "a table", guarded, |walk, tree| match &tree.node {
                    Node::Table(entries) => walk.choice(choice, field, entries, tree),
                    _ => walk.misshapen(field, "a table", guarded, tree),
                });
            }
        }
    }

    /// An empty variable is a value for a type that reads it (`String`), an explicit `None` for an
    /// `Option`, and no value at all for the rest.
    fn apply_empty(place: &mut dyn Place, op: Op, tree: &Tree<'_>) {
        if op == Op::Set
            && place.set_null().is_err()
            && let Target::Value(value) = place.target()
        {
            let _ = value.set(Reader::Tree(tree));
        }
    }

    /// The text of a variable as JSON, everything else as it is.
    fn with_shape(
        &mut self,
        tree: &Tree<'_>,
        field: Option<&'static Field>,
        expected: &str,
        guarded: bool,
        then: impl FnOnce(&mut Self, &Tree<'_>),
    ) {
        match &tree.node {
            Node::Scalar(Scalar::Text { text, .. }) => match json_text::parse(text) {
                Ok(mut parsed) => {
                    // The variable is the place of everything that its text says.
                    parsed.mark(tree.span);
                    then(self, &parsed);
                }
                Err(_) if !text.trim_start().starts_with(['{', '[']) => {
                    self.misshapen(field, &format!("{expected} in JSON"), guarded, tree);
                }
                Err(fault) => self.refuse(fault, field, guarded, tree),
            },
            _ => then(self, tree),
        }
    }

    fn record(
        &mut self,
        record: &mut dyn Record,
        entries: &[(Key<'_>, Tree<'_>)],
        tag: Option<&str>,
    ) {
        let schema = record.schema();
        let mut hint = 0;
        let mut seen: Vec<(*const Field, Op)> = Vec::new();
        for (key, value) in entries {
            if tag == Some(&*key.text) {
                continue;
            }
            let Some(child) = child(record, &key.text, &mut hint) else {
                self.unknown(schema, key, value);
                continue;
            };
            let hit = child.hit;
            self.path.push(Segment::from(hit.field.name));
            let place = (std::ptr::from_ref(hit.field), hit.op);
            if seen.contains(&place) {
                self.find(What::Shadowed { key: key.text.to_string() }, key.span, Some(hit.field));
            }
            seen.push(place);
            if hit.deprecated_alias || hit.field.deprecated.is_some() {
                let what = What::DeprecatedKey { key: key.text.to_string(), op: hit.op };
                self.find(what, key.span, Some(hit.field));
            }
            self.path.pop();
            self.step(&child.hit);
            self.apply(child.place, Some(hit.field), hit.op, value);
            self.path.pop();
        }
    }

    /// Goes to what a key names. The items of `x_remove` are not those of `x`, and their path says so.
    fn step(&mut self, hit: &Hit) {
        let name = hit.field.name;
        match hit.op {
            Op::Set => self.path.push(name),
            op => self.path.push(format!("{name}{}", op.suffix())),
        }
    }

    fn unknown(&mut self, schema: &'static Schema, key: &Key<'_>, value: &Tree<'_>) {
        // It may be that of a secret, misspelled.
        self.secrets.extend(value.span);
        let name = key.text.to_string();
        self.path.push(name.clone());
        // A step that cannot be taken is no harmless stranger.
        let denied = schema.deny_unknown || schema.find_stem(&name).is_some();
        let what = What::UnknownKey { key: name, schema, denied };
        self.find(what, key.span, None);
        self.path.pop();
    }

    fn sequence(
        &mut self,
        list: &mut dyn Sequence,
        field: Option<&'static Field>,
        op: Op,
        tree: &Tree<'_>,
    ) {
        match &tree.node {
            Node::List(items) => {
                list.begin(op);
                for (index, item) in items.iter().enumerate() {
                    self.path.push(index);
                    self.item(list, field, op, item);
                    self.path.pop();
                }
            }
            Node::Scalar(Scalar::Text { text, separator }) => {
                let list_in_json = text.trim_start().starts_with('[');
                if list_in_json || (op != Op::Remove && list_is_nested(field)) {
                    let guarded = field.is_some_and(Field::holds_secret);
                    self.with_shape(tree, field, "a list", guarded, |walk, tree| {
                        if let Node::List(_) = tree.node {
                            walk.sequence(list, field, op, tree);
                        } else {
                            walk.misshapen(field, "a list", guarded, tree);
                        }
                    });
                } else {
                    list.begin(op);
                    for item in split(text, separator) {
                        let item = Tree {
                            node: Node::Scalar(Scalar::text(item, separator)),
                            span: tree.span,
                        };
                        self.item(list, field, op, &item);
                    }
                }
            }
            Node::Elements(elements) => {
                for (index, tree) in elements {
                    self.path.push(*index);
                    match list.at(*index) {
                        Some(element) => self.apply(element, None, Op::Set, tree),
                        None => self.wrong(field, "a list (its elements have no names)", tree),
                    }
                    self.path.pop();
                }
            }
            _ => {
                let guarded = field.is_some_and(Field::holds_secret);
                self.misshapen(field, "a list", guarded, tree);
            }
        }
    }

    fn item(
        &mut self,
        list: &mut dyn Sequence,
        field: Option<&'static Field>,
        op: Op,
        item: &Tree<'_>,
    ) {
        if op != Op::Remove
            && let Some(element) = list.element()
        {
            self.apply(element, None, Op::Set, item);
        } else {
            let result = list.item(Reader::Tree(item));
            self.check(result, field, item);
        }
    }

    fn mapping(
        &mut self,
        map: &mut dyn Mapping,
        field: Option<&'static Field>,
        op: Op,
        tree: &Tree<'_>,
    ) {
        if op == Op::Remove {
            return self.remove_keys(map, field, tree);
        }
        let guarded = field.is_some_and(Field::holds_secret);
        self.with_shape(tree, field, "a table", guarded, |walk, tree| match &tree.node {
            Node::Table(entries) => {
                map.begin();
                for (key, value) in entries {
                    walk.path.push(map.spelling(&key.text));
                    match map.entry(&key.text) {
                        Ok(place) => walk.apply(place, None, Op::Set, value),
                        Err(fault) => {
                            // Nobody walks through a value without a place.
                            walk.secrets.extend(value.span.filter(|_| guarded));
                            walk.find(What::Fault(fault), key.span, field);
                        }
                    }
                    walk.path.pop();
                }
            }
            _ => walk.misshapen(field, "a table", guarded, tree),
        });
    }

    fn remove_keys(
        &mut self,
        map: &mut dyn Mapping,
        field: Option<&'static Field>,
        tree: &Tree<'_>,
    ) {
        match &tree.node {
            Node::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    match &item.node {
                        Node::Scalar(scalar) if scalar.to_str().is_ok() => {
                            map.remove(scalar.to_str().unwrap_or_default());
                        }
                        _ => {
                            self.path.push(index);
                            self.wrong(field, "a key (a string)", item);
                            self.path.pop();
                        }
                    }
                }
            }
            Node::Scalar(Scalar::Text { text, separator }) => {
                if text.trim_start().starts_with('[') {
                    self.with_shape(tree, field, "a list of keys", false, |walk, tree| {
                        walk.remove_keys(map, field, tree);
                    });
                } else {
                    split(text, separator).for_each(|key| map.remove(key));
                }
            }
            _ => self.wrong(field, "a list of keys", tree),
        }
    }

    /// Something stands where a table or list is asked for. If that would have held a secret
    /// (`guarded`), what stands there may be one.
    fn misshapen(
        &mut self,
        field: Option<&'static Field>,
        expected: &str,
        guarded: bool,
        tree: &Tree<'_>,
    ) {
        self.refuse(Fault::expected(expected, tree.found()), field, guarded, tree);
    }

    fn refuse(
        &mut self,
        fault: Fault,
        field: Option<&'static Field>,
        guarded: bool,
        tree: &Tree<'_>,
    ) {
        let outer = self.secret;
        if guarded {
            self.secret = true;
            self.secrets.extend(tree.span);
        }
        self.check(Err(fault), field, tree);
        self.secret = outer;
    }

    fn wrong(&mut self, field: Option<&'static Field>, expected: &str, tree: &Tree<'_>) {
        self.check(Err(Fault::expected(expected, tree.found())), field, tree);
    }

    fn check(&mut self, result: Result<(), Fault>, field: Option<&'static Field>, tree: &Tree<'_>) {
        if let Err(fault) = result {
            // A whole table where a key or a word is asked for is not walked through.
            if !matches!(tree.node, Node::Scalar(_)) && field.is_some_and(Field::holds_secret) {
                self.secrets.extend(tree.span);
            }
            let fault = fault.about(|| tree.found());
            let len = self.path.len();
            self.path.extend(fault.at().cloned());
            let span = fault.span().or(tree.span);
            self.find(What::Fault(fault), span, field);
            self.path.truncate(len);
        }
    }

    /// Notes something about the place where the walk stands.
    pub fn find(&mut self, what: What, span: Option<Span>, field: Option<&'static Field>) {
        let secret = self.secret || field.is_some_and(|field| field.secret);
        let what = match what {
            What::Fault(fault) if secret => What::Fault(fault.redacted()),
            other => other,
        };
        self.findings.push(Finding { what, path: self.path.clone(), span, field, secret });
    }
}

fn list_is_nested(field: Option<&'static Field>) -> bool {
    field.is_some_and(|field| matches!(field.kind, crate::schema::Kind::NestedList { .. }))
}
