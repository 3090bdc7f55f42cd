//! From the steps of a document to its tree: aliases are expanded, merge keys carried out.

use std::borrow::Cow;
use std::collections::HashMap;

use super::steps::{Step, What, key_text, too_deep};
use crate::decode::{Key, Node, Scalar, Span, Tree};
use crate::format::{Limits, SyntaxError, SyntaxKind};

/// What a value costs besides its text when an alias repeats it.
const PER_NODE: usize = size_of::<(Key<'_>, Tree<'_>)>();

/// Builds the tree; a text without a document is an empty table.
pub(super) fn build<'t>(steps: &[Step<'t>], limits: &Limits) -> Result<Tree<'t>, SyntaxError> {
    match steps {
        [] => return Ok(Tree::empty_table()),
        [Step { what: What::Scalar { scalar: Scalar::Plain(text), .. }, span }]
            if text.is_empty() =>
        {
            return Ok(Tree::spanned(Node::Table(Vec::new()), *span));
        }
        _ => {}
    }
    let mut builder = Builder { steps, limits, nodes: 0, bytes: 0, depth: 0, alias: None };
    builder.value(&mut 0)
}

struct Builder<'s, 't> {
    steps: &'s [Step<'t>],
    limits: &'s Limits,
    nodes: usize,
    /// Bytes that aliases have expanded to.
    bytes: usize,
    depth: usize,
    /// The alias that is being expanded; the outermost one.
    alias: Option<Span>,
}

/// What a key of a table is.
enum KeyStep<'t> {
    Name(Key<'t>),
    Merge(Span),
}

impl<'t> Builder<'_, 't> {
    /// The value that begins at the step `at`, which moves behind it. It recurses as deep as the
    /// limit allows.
    fn value(&mut self, at: &mut usize) -> Result<Tree<'t>, SyntaxError> {
        let begin = *at;
        let Some(step) = self.steps.get(begin) else {
            return Err(SyntaxError::grammar("the text ends before the document does", None));
        };
        *at += 1;
        if let What::Alias(target) = step.what {
            let outer = self.alias;
            self.alias.get_or_insert(step.span);
            let tree = self.value(&mut { target })?;
            self.alias = outer;
            // The place where it is used; what is inside it has the places of its definition.
            return Ok(Tree { span: Some(step.span), ..tree });
        }
        self.count(step)?;
        let node = match &step.what {
            What::Scalar { scalar, .. } => Node::Scalar(scalar.clone()),
            What::List(end) => {
                self.enter(step.span)?;
                let mut items = Vec::new();
                while *at < *end {
                    items.push(self.value(at)?);
                }
                *at += 1;
                self.depth -= 1;
                Node::List(items)
            }
            What::Table(end) => {
                self.enter(step.span)?;
                let entries = self.table(at, *end)?;
                *at += 1;
                self.depth -= 1;
                Node::Table(entries)
            }
            What::End | What::Alias(_) => {
                return Err(SyntaxError::grammar("a value is expected here", Some(step.span)));
            }
        };
        Ok(Tree::spanned(node, step.span))
    }

    fn table(
        &mut self,
        at: &mut usize,
        end: usize,
    ) -> Result<Vec<(Key<'t>, Tree<'t>)>, SyntaxError> {
        let mut entries = Entries::default();
        let mut merged = Vec::new();
        let mut merge: Option<Span> = None;
        while *at < end {
            match self.key(at)? {
                KeyStep::Name(key) => {
                    if let Some(first) = entries.position(&key) {
                        return Err(SyntaxError::duplicate(&key.text, key.span, first));
                    }
                    let value = self.value(at)?;
                    entries.push(key, value);
                }
                KeyStep::Merge(span) => {
                    if let Some(first) = merge.replace(span) {
                        return Err(SyntaxError::duplicate("<<", Some(span), Some(first))
                            .help("write one `<<` with a list: `<<: [*first, *second]`"));
                    }
                    let source = self.value(at)?;
                    collect_merged(source, &mut merged)?;
                }
            }
        }
        // Explicit keys win, then whichever table comes earlier.
        for (key, value) in merged {
            if entries.position(&key).is_none() {
                entries.push(key, value);
            }
        }
        Ok(entries.list)
    }

    fn key(&mut self, at: &mut usize) -> Result<KeyStep<'t>, SyntaxError> {
        let Some(mut step) = self.steps.get(*at) else {
            return Err(SyntaxError::grammar("the text ends before the document does", None));
        };
        let span = step.span;
        let is_alias = matches!(step.what, What::Alias(_));
        if let What::Alias(target) = step.what {
            self.spend(&self.steps[target], span)?;
            step = &self.steps[target];
        } else if self.alias.is_some() {
            self.spend(step, span)?;
        }
        let What::Scalar { scalar, plain } = &step.what else {
            // `{{ name }}` is what a template has that nobody filled in.
            let around = at.checked_sub(1).and_then(|around| self.steps.get(around));
            let is_template = matches!(step.what, What::Table(_))
                && around.is_some_and(|around| around.span.range().start + 1 == span.range().start);
            let help = if is_template {
                "`{{` begins a table in a table: write a text that begins so in quotes"
            } else {
                "a setting's key is a string"
            };
            return Err(SyntaxError::grammar("a list or table as a key", Some(span)).help(help));
        };
        *at += 1;
        if *plain && !is_alias && matches!(scalar, Scalar::Plain(text) if text == "<<") {
            return Ok(KeyStep::Merge(span));
        }
        let text = key_text(scalar);
        if text.len() > self.limits.key_bytes {
            return Err(SyntaxError::long_key(self.limits, span));
        }
        Ok(KeyStep::Name(Key::spanned(text, span)))
    }

    fn count(&mut self, step: &Step<'_>) -> Result<(), SyntaxError> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(SyntaxError::too_many(self.limits, self.alias.unwrap_or(step.span)));
        }
        match self.alias {
            Some(alias) => self.spend(step, alias),
            None => Ok(()),
        }
    }

    /// Counts what an alias repeats.
    fn spend(&mut self, step: &Step<'_>, alias: Span) -> Result<(), SyntaxError> {
        let text = match &step.what {
            What::Scalar { scalar: Scalar::Str(text) | Scalar::Plain(text), .. } => text.len(),
            _ => 0,
        };
        self.bytes = self.bytes.saturating_add(text + PER_NODE);
        if self.bytes <= self.limits.expanded_bytes {
            return Ok(());
        }
        let message =
            format!("alias expansion too large: more than {} bytes", self.limits.expanded_bytes);
        let span = Some(self.alias.unwrap_or(alias));
        Err(SyntaxError::limit(SyntaxKind::TooLarge, message, span).raise("expanded_bytes"))
    }

    fn enter(&mut self, span: Span) -> Result<(), SyntaxError> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(too_deep(self.limits, self.alias.unwrap_or(span)));
        }
        Ok(())
    }
}

/// The entries that `<<` brings: those of one table, or of each table of a list.
fn collect_merged<'t>(
    source: Tree<'t>,
    merged: &mut Vec<(Key<'t>, Tree<'t>)>,
) -> Result<(), SyntaxError> {
    let wrong = |span| {
        SyntaxError::grammar("`<<` takes a table or a list of tables", span)
            .help("quote the key (`\"<<\"`) if it is meant as one")
    };
    match source.node {
        Node::Table(entries) => merged.extend(entries),
        Node::List(items) => {
            for item in items {
                match item.node {
                    Node::Table(entries) => merged.extend(entries),
                    _ => return Err(wrong(item.span)),
                }
            }
        }
        _ => return Err(wrong(source.span)),
    }
    Ok(())
}

/// Beyond so many keys a table's keys are hashed.
const FEW: usize = 16;

/// The entries of a table, and where each key is.
#[derive(Default)]
struct Entries<'t> {
    list: Vec<(Key<'t>, Tree<'t>)>,
    /// Empty while there are few.
    index: HashMap<Cow<'t, str>, usize>,
}

impl<'t> Entries<'t> {
    /// The place of an equal key, if there is one.
    #[allow(clippy::option_option)] // a key may stand nowhere
    fn position(&self, key: &Key<'_>) -> Option<Option<Span>> {
        let at = if self.index.is_empty() {
            self.list.iter().position(|(before, _)| before.text == key.text)
        } else {
            self.index.get(&key.text).copied()
        };
        at.map(|at| self.list[at].0.span)
    }

    fn push(&mut self, key: Key<'t>, value: Tree<'t>) {
        if !self.index.is_empty() {
            self.index.insert(key.text.clone(), self.list.len());
        }
        self.list.push((key, value));
        if self.index.is_empty() && self.list.len() > FEW {
            let keys = self.list.iter().enumerate();
            self.index = keys.map(|(at, (key, _))| (key.text.clone(), at)).collect();
        }
    }
}
