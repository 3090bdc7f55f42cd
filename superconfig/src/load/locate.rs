//! Where the value of a setting stands, asked after the fact: the retained texts are read again.

use std::cell::OnceCell;

use super::{Load, Plan, Retained, document, untyped};
use crate::decode::{Node, Span, Tree};
use crate::error::Problem;
use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
use crate::schema::at::field_at;
use crate::schema::{Body, Field, Hit, Kind, Merge, Op, Schema};
use crate::source::Text;

impl Load<'_> {
    /// A problem with the place of the setting that it is about, and with its line.
    ///
    /// Where an element of a list came together from several sources, its position is that of no
    /// text, and it is better to name no place than a neighbour's.
    pub(super) fn located(&self, trees: &Trees<'_>, problem: Problem, path: &KeyPath) -> Problem {
        if self.is_assembled(trees, path) {
            return problem;
        }
        if let Some((index, standing)) = self.standing(trees, path, trees.len()) {
            return standing.pointed_at(problem.in_turn(index));
        }
        // The struct that the program gives is whole.
        if self.given {
            return problem.from(Origin::Defaults);
        }
        match field_at(self.plan.schema, path) {
            Some(Field { default: Some(_), .. }) => problem.from(Origin::Default),
            _ => problem,
        }
    }

    /// A warning about a removal with the place of the item, or of the list that it is in.
    pub(super) fn located_removal(
        &self,
        trees: &Trees<'_>,
        problem: Problem,
        path: &KeyPath,
        item: Option<&str>,
    ) -> Problem {
        let says = |known: &KeyPath, op: Op| op == Op::Remove && known == path;
        let is_it = |tree: &&Tree<'_>| match (&tree.node, item) {
            (Node::Scalar(scalar), Some(item)) => {
                scalar.to_str().is_ok_and(|text| text == item)
                    || scalar.found().value.is_some_and(|value| value == item)
            }
            _ => false,
        };
        let last = trees.last(self.plan, trees.len(), says, |tree| {
            let list = self.find(tree, path, Op::Remove)?;
            match &list.node {
                Node::List(items) => items.iter().find(is_it).or(Some(list)),
                _ => Some(list),
            }
        });
        match last {
            Some((index, standing)) => standing.pointed_at(problem.in_turn(index)),
            None => problem,
        }
    }

    /// Which of the first sources, so many of them, has the last word on a setting: its turn, and
    /// the place.
    pub(super) fn standing<'k>(
        &self,
        trees: &'k Trees<'_>,
        path: &KeyPath,
        sources: usize,
    ) -> Option<(usize, Standing<'k>)> {
        let says = |known: &KeyPath, op: Op| {
            let around = path.segments().starts_with(known.segments());
            let inside = known.segments().starts_with(path.segments());
            op != Op::Remove && (around || (!path.is_empty() && inside))
        };
        trees.last(self.plan, sources, says, |tree| self.find(tree, path, Op::Set))
    }

    /// Whether a path leads into a list to which several sources gave elements.
    pub(super) fn is_assembled(&self, trees: &Trees<'_>, path: &KeyPath) -> bool {
        let at = path.segments().iter().position(|step| matches!(step, Segment::Index(_)));
        let Some(at) = at else { return false };
        let list: KeyPath = path.segments()[..at].iter().cloned().collect();
        let field = match field_at(self.plan.schema, &list) {
            Some(field) if field.merge != Merge::Replace => field,
            _ => return false,
        };
        let gives = |(index, retained): (usize, &Retained)| {
            let tree = match retained {
                Retained::Settings { .. } | Retained::Variables(_) | Retained::Given { .. } => {
                    return false;
                }
                Retained::Values { tree, .. } => tree,
                Retained::Document { .. } => match trees.get(index, self.plan) {
                    Some(known) => &known.tree,
                    None => return false,
                },
            };
            [Op::Set, Op::Add].iter().any(|op| self.find(tree, &list, *op).is_some())
        };
        let given = trees.retained.iter().enumerate().filter(|retained| gives(*retained)).count();
        given + usize::from(field.default.is_some()) > 1
    }

    /// The value of a setting in a document: in the section of the last selected profile, or in an
    /// earlier one's, or outside of any. With an `op`, its `x_add` or `x_remove`.
    fn find<'t, 'a>(&self, tree: &'t Tree<'a>, path: &KeyPath, op: Op) -> Option<&'t Tree<'a>> {
        let schema = self.plan.schema;
        let sections = self.plan.profiles.iter().rev().flat_map(|profile| {
            let under = tree.get("profile").and_then(|profiles| profiles.get(profile));
            let is_section = schema.profiles.contains(&profile.as_str()) || schema.is_any();
            let plain = is_section.then(|| tree.get(profile));
            [under, plain.flatten()]
        });
        sections
            .flatten()
            .chain([tree])
            .chain(tree.get("default"))
            .find_map(|section| descend(section, Some(schema), path.segments(), op))
    }
}

/// The source that has the last word on a setting.
pub(super) enum Standing<'k> {
    Origin(Origin),
    Text(&'k Text, &'k Known<'k>, Span),
}

impl Standing<'_> {
    pub(super) fn origin(&self) -> Origin {
        match self {
            Self::Origin(origin) => origin.clone(),
            Self::Text(text, _, span) => document::location(text, span.range()),
        }
    }

    /// A problem with this place, and with its line where it is about one setting.
    fn pointed_at(self, problem: Problem) -> Problem {
        let problem = problem.from(self.origin());
        match self {
            Self::Text(text, known, span)
                if problem.path.as_ref().is_some_and(|path| !path.is_empty()) =>
            {
                document::shown(problem, text, span, &known.secrets)
            }
            _ => problem,
        }
    }
}

/// A problem with the line of the place that it has, found out when the loading is over.
pub(crate) fn with_line(plan: &Plan, retained: &[Retained], problem: Problem) -> Problem {
    let Some(location) = problem.origin.as_ref().and_then(Origin::location) else { return problem };
    let is_it = |retained: &Retained| {
        let Retained::Document { text, .. } = retained else { return false };
        text.name == location.name && text.text.get(location.start..location.end).is_some()
    };
    let Some(index) = retained.iter().position(is_it) else { return problem };
    let span = Span::new(location.start, location.end);
    let trees = Trees::new(retained);
    match trees.document(index, plan) {
        Some((_, text)) => {
            document::shown(problem.in_turn(index), text, span, trees.secrets(index, plan))
        }
        None => problem,
    }
}

/// The heading of a table, in the last document that has it.
pub(crate) fn header(plan: &Plan, retained: &[Retained], path: &KeyPath) -> Option<Origin> {
    let load = Load::new(plan);
    let trees = Trees::new(retained);
    (0..trees.len()).rev().find_map(|index| {
        let (tree, text) = trees.document(index, plan)?;
        let span = load.find(tree, path, Op::Set)?.span?;
        Some(document::location(text, span.range()))
    })
}

/// A document that was read again.
pub(super) struct Known<'t> {
    tree: Tree<'t>,
    /// The places of the values of secret settings.
    secrets: Vec<Span>,
}

/// The documents of what is retained, each read again at most once, whatever is asked of it.
pub(super) struct Trees<'t> {
    retained: &'t [Retained],
    known: Vec<OnceCell<Option<Known<'t>>>>,
}

impl<'t> Trees<'t> {
    pub(super) fn new(retained: &'t [Retained]) -> Self {
        Self { retained, known: retained.iter().map(|_| OnceCell::new()).collect() }
    }

    /// How many sources are retained.
    pub(super) fn len(&self) -> usize {
        self.retained.len()
    }

    /// The last of the first sources, so many of them, that `says` something in single settings, or
    /// in whose values `find` finds something: its turn, and the place.
    fn last(
        &self,
        plan: &Plan,
        sources: usize,
        says: impl Fn(&KeyPath, Op) -> bool,
        find: impl for<'k> Fn(&'k Tree<'k>) -> Option<&'k Tree<'k>>,
    ) -> Option<(usize, Standing<'_>)> {
        let standing = |index: usize| match &self.retained[index] {
            retained @ (Retained::Settings { .. } | Retained::Variables(_)) => {
                retained.last_of(&says).map(Standing::Origin)
            }
            // It has no text to point at, and is only kept where somebody may ask.
            Retained::Given { .. } => None,
            Retained::Values { tree, origin } => {
                find(tree).map(|_| Standing::Origin(origin.clone()))
            }
            Retained::Document { text, .. } => {
                let known = self.get(index, plan)?;
                Some(Standing::Text(text, known, find(&known.tree)?.span?))
            }
        };
        (0..sources.min(self.len())).rev().find_map(|index| Some((index, standing(index)?)))
    }

    /// The document at this position, if it is one that can be read.
    pub(super) fn document(&self, index: usize, plan: &Plan) -> Option<(&Tree<'t>, &'t Text)> {
        match self.retained.get(index)? {
            Retained::Document { text, .. } => Some((&self.get(index, plan)?.tree, text)),
            _ => None,
        }
    }

    /// The places of the values of secret settings in the document at this position.
    pub(super) fn secrets(&self, index: usize, plan: &Plan) -> &[Span] {
        self.get(index, plan).map_or(&[], |known| &known.secrets)
    }

    /// What is retained at this position, where it is a document that can be read.
    fn get(&self, index: usize, plan: &Plan) -> Option<&Known<'t>> {
        let read = || {
            let Some(Retained::Document { text, format }) = self.retained.get(index) else {
                return None;
            };
            let tree = format.tree(&text.text, &plan.limits).ok()?;
            let mut secrets = Vec::new();
            if plan.schema.is_any() {
                secrets = untyped::secret_spans(plan, &tree);
            } else {
                secret_spans(&tree, plan.schema, &mut secrets);
            }
            Some(Known { tree, secrets })
        };
        self.known.get(index)?.get_or_init(read).as_ref()
    }
}

/// The value at the end of a path, or the list or map on the way to it where the position of an
/// item is not that in the text.
pub(super) fn descend<'t, 'a>(
    tree: &'t Tree<'a>,
    schema: Option<&'static Schema>,
    path: &[Segment],
    op: Op,
) -> Option<&'t Tree<'a>> {
    let Some((first, rest)) = path.split_first() else { return Some(tree) };
    match (&tree.node, first) {
        (Node::Table(entries), Segment::Key(name)) => {
            let wanted = if rest.is_empty() { op } else { Op::Set };
            let matches = |key: &str| match schema.and_then(|schema| schema.find(key, &mut 0)) {
                Some(hit) => hit.op == wanted && hit.field.name == *name,
                None if schema.is_some_and(Schema::is_any) => {
                    key.strip_suffix(wanted.suffix()) == Some(&**name)
                }
                None => op == Op::Set && key == name,
            };
            let (_, value) = entries.iter().find(|(key, _)| matches(&key.text))?;
            let inner = match schema {
                Some(schema) if schema.is_any() => Some(schema),
                schema => schema.and_then(|schema| schema.find(name, &mut 0)?.field.inner()),
            };
            descend(value, inner, rest, op)
        }
        (Node::List(items), Segment::Index(index)) => match items.get(*index) {
            Some(item) => descend(item, schema, rest, op),
            None => Some(tree),
        },
        _ => None,
    }
}

/// The places of the values of secret settings. Sections are looked into as if they were settings:
/// one place too many does no harm.
fn secret_spans(tree: &Tree<'_>, schema: &'static Schema, spans: &mut Vec<Span>) {
    match &tree.node {
        Node::Table(entries) => {
            for (key, value) in entries {
                spans_of_entry(&key.text, value, schema, spans);
            }
        }
        Node::List(items) => items.iter().for_each(|item| secret_spans(item, schema, spans)),
        // What stands in the place of a table that holds a secret may be one.
        Node::Scalar(scalar) if !scalar.is_null() && schema.holds_secret() => {
            spans.extend(tree.span);
        }
        Node::Scalar(_) | Node::Elements(_) => {}
    }
}

/// The same for one entry of a table. In an enum it is what any of the variants says of it.
fn spans_of_entry(key: &str, value: &Tree<'_>, schema: &'static Schema, spans: &mut Vec<Span>) {
    let hits: Vec<Hit> = match schema.body {
        Body::Choice { tag, .. } if tag == key && matches!(value.node, Node::Scalar(_)) => return,
        Body::Choice { variants, .. } => {
            variants.iter().filter_map(|variant| variant.schema.find(key, &mut 0)).collect()
        }
        _ => schema.find(key, &mut 0).into_iter().collect(),
    };
    if hits.is_empty() {
        match value.node {
            Node::Table(_) => secret_spans(value, schema, spans),
            // It may be that of a secret, misspelled.
            _ => spans.extend(value.span),
        }
    }
    for hit in hits {
        match (&hit.field.kind, &value.node) {
            _ if hit.field.secret => spans.extend(value.span),
            // The names of what is to be removed are no secrets.
            (_, Node::Scalar(_) | Node::List(_)) if hit.op == Op::Remove => {}
            // The keys of a map are nobody's fields.
            (Kind::NestedMap(inner), Node::Table(entries)) => {
                entries.iter().for_each(|(_, value)| secret_spans(value, inner.get(), spans));
            }
            _ => {
                if let Some(inner) = hit.field.inner() {
                    secret_spans(value, inner, spans);
                }
            }
        }
    }
}
