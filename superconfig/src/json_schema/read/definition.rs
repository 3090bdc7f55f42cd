//! Parts of a JSON Schema that are what a struct or an enum is.

use super::extension::Extension;
use super::setting::Setting;
use super::view::{Reading, View, Word, as_text, below, is_bool};
use super::{leaked, leaked_all};
use crate::decode::{Node, Span, Tree};
use crate::schema::{Body, Schema, Variant, Word as Spelled};
use crate::value::Value;
use crate::value::form::{Definition, Form, Parts, Shape};

/// More settings than any program has: a schema whose parts hold parts that hold parts.
const SETTINGS: usize = 100_000;

/// A part that was read, or is being read.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) definition: &'static Definition,
    /// Whether it has been read to its end.
    pub(super) done: bool,
    /// How many settings it has, those of its parts included.
    pub(super) settings: usize,
    /// Whether something in it is required.
    pub(super) needs: bool,
}

/// What has been made of a part.
struct Made {
    body: Body,
    parts: Parts,
    settings: usize,
    needs: bool,
}

/// The default of a list, a map or an enum, which can be looked at when all has been read.
pub(super) struct Unchecked {
    pub(super) definition: &'static Definition,
    /// Its setting's position.
    pub(super) index: usize,
    pub(super) at: String,
    pub(super) span: Option<Span>,
}

/// What a part is.
pub(super) enum Part {
    Record,
    /// A fieldless enum.
    Words(Vec<Spelling>),
    /// An enum with a tag.
    Choice(String),
    /// It has no settings of its own.
    Other,
}

/// A word and what is said of it.
pub(super) struct Spelling {
    name: String,
    doc: String,
}

/// A variant in work.
struct Alternative<'t> {
    /// The tag's values; the first is its name.
    names: Vec<String>,
    view: View<'t>,
}

impl<'t> Reading<'t> {
    /// What a view is.
    pub(super) fn part(&mut self, view: &mut View<'t>, types: &[&str]) -> Part {
        if matches!(types, [] | ["string"])
            && let Some(words) = words(view)
        {
            return Part::Words(words);
        }
        if let Some(tag) = self.tag(view) {
            return Part::Choice(tag);
        }
        let closed = view.word("additionalProperties").is_some_and(|w| is_bool(w.tree, false));
        if types == ["object"] && (closed || !view.properties.is_empty()) {
            return Part::Record;
        }
        Part::Other
    }

    /// The key that names the variant, where a view is an enum with variants.
    fn tag(&mut self, view: &View<'t>) -> Option<String> {
        if let Some(condition) = view.conditions.first() {
            let required = condition.tree.get("if")?.get("required")?;
            let Node::List(names) = &required.node else { return None };
            return names.first().and_then(as_text).map(str::to_owned);
        }
        let all = view.word("oneOf").or_else(|| view.word("anyOf"))?.clone();
        let Node::List(members) = &all.tree.node else { return None };
        let named = view.word("discriminator").and_then(|word| word.tree.get("propertyName"));
        let mut candidates: Option<Vec<&str>> = None;
        for (index, member) in members.iter().enumerate() {
            let before = self.said.len();
            let member = self.view(member, &below(&all.at, &index.to_string()));
            // It is looked at again, and then it is told.
            self.said.truncate(before);
            let tags =
                member.properties.iter().filter(|property| !tags_of(property.tree).is_empty());
            let tags: Vec<&str> = tags.map(|property| property.name).collect();
            match &mut candidates {
                Some(candidates) => candidates.retain(|known| tags.contains(known)),
                None => candidates = Some(tags),
            }
        }
        let candidates = candidates?;
        let named = named.and_then(as_text).filter(|named| candidates.contains(named));
        named.or_else(|| candidates.first().copied()).map(str::to_owned)
    }

    /// The part of the schema that a view is, if it has been read or is being read.
    fn known(&self, at: &str) -> Option<usize> {
        self.definitions.iter().position(|(known, _)| known == at)
    }

    /// Reads a part that has settings; once, unless it has defaults of its own.
    pub(super) fn define(
        &mut self,
        view: &View<'t>,
        name: &str,
        part: &Part,
        defaults: Option<&Word<'t>>,
        root: &Extension<'t>,
    ) -> Known {
        let at = view.reference.clone().unwrap_or_else(|| view.at.clone());
        if let (Some(index), None) = (self.known(&at), defaults) {
            return self.definitions[index].1;
        }
        let name = view.referred_name().unwrap_or(name).to_owned();
        let definition: &'static Definition = Box::leak(Box::default());
        let known = Known { definition, done: false, settings: 0, needs: false };
        let index = self.definitions.len();
        // One with defaults of its own is found by nobody else.
        let at = if defaults.is_some() { format!("{at} with defaults") } else { at };
        self.definitions.push((at, known));
        let Made { body, parts, settings, needs } = match part {
            Part::Choice(tag) => self.choice(view, tag),
            _ => self.record(view, defaults, definition),
        };
        let deny = view.word("additionalProperties").is_some_and(|w| is_bool(w.tree, false));
        let schema = Schema {
            doc: leaked(view.type_doc()),
            app: root.app.map(leaked),
            env_prefix: root.env_prefix.map(leaked),
            profiles: leaked_all(root.profiles.iter().map(|profile| leaked(profile)).collect()),
            deny_unknown: deny,
            from_json: true,
            ..Schema::new(leaked(&name), body)
        };
        // Nobody else sets them.
        let _ = definition.schema.set(schema);
        let _ = definition.parts.set(parts);
        let known = Known { done: true, settings, needs, ..known };
        self.definitions[index].1 = known;
        known
    }

    /// The settings of a struct, which is going to be `definition`.
    fn record(
        &mut self,
        view: &View<'t>,
        defaults: Option<&Word<'t>>,
        definition: &'static Definition,
    ) -> Made {
        self.rest(view, &["type", "additionalProperties", "patternProperties"]);
        self.other_keys(view);
        let fields = self.settings(view, defaults);
        let count = |sum: usize, setting: &Setting| sum.saturating_add(1 + setting.settings);
        let settings = fields.iter().fold(0, count).min(SETTINGS + 1);
        if settings > SETTINGS {
            self.wrong(&view.at, view.span, format!("more than {SETTINGS} settings"));
        }
        let needs = fields.iter().any(|setting| setting.needs);
        let (mut all, mut forms) = (Vec::new(), Vec::new());
        for (index, Setting { field, form, default, .. }) in fields.into_iter().enumerate() {
            let unread = !matches!(form.shape, Shape::One(_));
            let default = default.filter(|_| unread);
            self.defaults.extend(default.map(|(at, span)| Unchecked {
                definition,
                index,
                at,
                span,
            }));
            all.push(field);
            forms.push(form);
        }
        let (body, parts) = (Body::Record(leaked_all(all)), Parts::Fields(forms));
        Made { body, parts, settings, needs }
    }

    /// Keys beside `properties` are unknown keys: that they may be there is not said.
    fn other_keys(&mut self, view: &View<'t>) {
        if let Some(word) = view.word("additionalProperties")
            && !is_bool(word.tree, false)
        {
            let message = "other keys than those of `properties` are unknown keys".to_owned();
            let said = self.warn(&word.at, word.tree.span, message);
            said.help = Some("put a map under a key of its own".to_owned());
        }
        let Some(patterns) = view.word("patternProperties").cloned() else { return };
        let Node::Table(entries) = &patterns.tree.node else { return };
        for (key, value) in entries {
            // So a key is written with `-` for `_`, which is known anyway.
            let spells = |word: &Word<'_>| super::super::leaf::either_dash(word.name) == key.text;
            if !(is_bool(value, true) && view.properties.iter().any(spells)) {
                let message = "`patternProperties` is not checked".to_owned();
                self.warn(&below(&patterns.at, &key.text), value.span, message);
            }
        }
    }

    /// The variants of an enum with a tag.
    fn choice(&mut self, view: &View<'t>, tag: &str) -> Made {
        let understood = ["type", "oneOf", "anyOf", "additionalProperties"];
        self.rest(view, &understood);
        let docs = match view.properties.iter().find(|property| property.name == tag) {
            Some(property) => {
                let mut property = self.view(property.tree, &property.at);
                words(&mut property).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let mut variants = Vec::new();
        let mut forms = Vec::new();
        let mut settings: usize = 0;
        for Alternative { names, view: variant } in self.alternatives(view, tag) {
            let definition: &'static Definition = Box::leak(Box::default());
            let made = self.record(&variant, None, definition);
            settings = (settings + made.settings).min(SETTINGS + 1);
            let spelling = docs.iter().find(|spelling| names.first() == Some(&spelling.name));
            let doc = spelling.map(|spelling| spelling.doc.as_str()).filter(|doc| !doc.is_empty());
            let own = variant.word("description").and_then(|word| as_text(word.tree));
            let word = Spelled {
                aliases: leaked_all(names.iter().skip(1).map(|name| leaked(name)).collect()),
                doc: doc.or(own).map_or("", leaked),
                ..Spelled::new(names.first().map_or("", |name| leaked(name)))
            };
            let deny = variant.word("additionalProperties").is_some_and(|w| is_bool(w.tree, false));
            let schema = Schema { deny_unknown: deny, ..Schema::new(word.name, made.body) };
            let _ = definition.schema.set(schema);
            let _ = definition.parts.set(made.parts);
            variants.push(Variant::new(word, definition.schema()));
            forms.push(Form::new(Shape::Record(definition)));
        }
        let body = Body::Choice { tag: leaked(tag), variants: leaked_all(variants) };
        // No default names a variant by itself.
        Made { body, parts: Parts::Variants(forms), settings, needs: true }
    }

    /// The variants, each without the tag.
    fn alternatives(&mut self, view: &View<'t>, tag: &str) -> Vec<Alternative<'t>> {
        let mut all = Vec::new();
        for condition in &view.conditions {
            let named = condition.tree.get("if").and_then(|tree| tree.get("properties")?.get(tag));
            let names = named.map(tags_of).unwrap_or_default();
            let then = condition.tree.get("then");
            let (Some(then), false) = (then, names.is_empty()) else {
                let message =
                    format!("expected an `if` that names a value of `{tag}`, and a `then`");
                self.wrong(&condition.at, condition.tree.span, message);
                continue;
            };
            let view = self.view(then, &below(&condition.at, "then"));
            all.push(Alternative { names, view });
        }
        if let Some(word) = view.word("oneOf").or_else(|| view.word("anyOf")).cloned() {
            let members = self.members(word.tree, &word.at);
            for (index, member) in members.iter().enumerate() {
                let mut view = self.view(member, &below(&word.at, &index.to_string()));
                let of_tag = view.properties.iter().find(|property| property.name == tag);
                let names = of_tag.map(|property| tags_of(property.tree)).unwrap_or_default();
                view.properties.retain(|property| property.name != tag);
                view.required.retain(|name| *name != tag);
                all.push(Alternative { names, view });
            }
        }
        all
    }

    /// The description of a fieldless enum.
    pub(super) fn keyword(
        &mut self,
        view: &View<'t>,
        name: &str,
        words: &[Spelling],
        extension: &Extension<'t>,
    ) -> Schema {
        self.rest(view, &["type", "enum", "oneOf", "anyOf"]);
        let spellings = |name: &str| {
            let of = extension.aliases.iter().find(|(word, _)| *word == name);
            of.map_or(&[] as &[&str], |(_, aliases)| aliases)
        };
        let is_alias = |name: &str| extension.aliases.iter().any(|(_, all)| all.contains(&name));
        let words = words.iter().filter(|word| !is_alias(&word.name)).map(|word| Spelled {
            aliases: leaked_all(spellings(&word.name).iter().map(|name| leaked(name)).collect()),
            doc: leaked(&word.doc),
            ..Spelled::new(leaked(&word.name))
        });
        let words = leaked_all(words.collect());
        let name = view.referred_name().unwrap_or(name);
        Schema { doc: leaked(view.type_doc()), ..Schema::new(leaked(name), Body::Keyword(words)) }
    }
}

/// The words of an enum of texts: by `enum`, or by a `const` for each.
fn words(view: &mut View<'_>) -> Option<Vec<Spelling>> {
    if let Some(all) = view.word("oneOf").or_else(|| view.word("anyOf")) {
        let Node::List(items) = &all.tree.node else { return None };
        let of = |item: &Tree<'_>| {
            let doc = item.get("description").and_then(as_text).unwrap_or_default();
            let name = item.get("const").and_then(as_text)?;
            Some(Spelling { name: name.to_owned(), doc: doc.to_owned() })
        };
        return items.iter().map(of).collect();
    }
    let word = view.word("enum")?;
    let Node::List(items) = &word.tree.node else { return None };
    let is_null = |item: &&Tree<'_>| Value::of_tree(item).is_ok_and(|value| value.is_null());
    let nulls = items.iter().filter(is_null).count();
    let words: Option<Vec<_>> = items.iter().filter(|item| !is_null(item)).map(as_text).collect();
    let words = words.filter(|words| !words.is_empty())?;
    view.null |= nulls > 0;
    let spelling = |name: &str| Spelling { name: name.to_owned(), doc: String::new() };
    Some(words.into_iter().map(spelling).collect())
}

/// The values that a `const` or an `enum` of texts gives.
fn tags_of(tree: &Tree<'_>) -> Vec<String> {
    if let Some(only) = tree.get("const").and_then(as_text) {
        return vec![only.to_owned()];
    }
    match tree.get("enum").map(|tree| &tree.node) {
        Some(Node::List(items)) => {
            let all: Option<Vec<_>> =
                items.iter().map(|item| as_text(item).map(str::to_owned)).collect();
            all.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}
