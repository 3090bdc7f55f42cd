//! The events of one document, checked and made small, so that aliases can replay them.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::Event;

use super::{Source, parser, tags, words};
use crate::decode::{Scalar, Span};
use crate::format::{Limits, SyntaxError, SyntaxKind};

/// One step through a document.
pub(super) struct Step<'t> {
    pub what: What<'t>,
    pub span: Span,
}

/// What a [`Step`] is.
pub(super) enum What<'t> {
    /// A value without parts, or a key.
    Scalar {
        scalar: Scalar<'t>,
        /// A key of this kind, if it is `<<`, merges.
        plain: bool,
    },
    /// A list begins; its end is the step at the index.
    List(usize),
    /// A table begins; keys and values follow by turns.
    Table(usize),
    /// A list or table ends.
    End,
    /// The value that begins with the step at the index stands here once more.
    Alias(usize),
}

/// Reads all steps of a text that holds one document, or none.
pub(super) fn read<'t>(source: Source<'t>, limits: &Limits) -> Result<Vec<Step<'t>>, SyntaxError> {
    let mut reader = Reader {
        source,
        limits,
        steps: Vec::new(),
        open: Vec::new(),
        anchors: HashMap::new(),
        documents: 0,
        nodes: 0,
    };
    for event in parser(source.text, limits) {
        let (event, span) = event.map_err(|error| words::of_error(&error, source, limits))?;
        reader.event(event, &span)?;
    }
    Ok(reader.steps)
}

struct Reader<'t, 'l> {
    source: Source<'t>,
    limits: &'l Limits,
    steps: Vec<Step<'t>>,
    /// The lists and tables that have not ended.
    open: Vec<usize>,
    /// Where each anchor's value begins. An anchor that comes again has another number.
    anchors: HashMap<usize, usize>,
    documents: usize,
    nodes: usize,
}

impl<'t> Reader<'t, '_> {
    fn event(&mut self, event: Event<'t>, span: &granit_parser::Span) -> Result<(), SyntaxError> {
        let at = self.source.of(span);
        let tag_span = span.tag_span().map_or(at, |span| self.source.of(&span));
        let next = self.steps.len();
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(SyntaxError::grammar(
                        "one document expected, a second begins here",
                        Some(at),
                    )
                    .help("remove what follows, or put it into a file of its own"));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let text = tags::written(text, span);
                let plain = tag.is_none() && style == granit_parser::ScalarStyle::Plain;
                let scalar = tags::scalar(text, style, tag.as_deref(), tag_span)?;
                self.push(What::Scalar { scalar, plain }, anchor, at)?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                tags::collection(tag.as_deref(), "seq", tag_span)?;
                self.push(What::List(next), anchor, at)?;
                self.enter(next, at)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                tags::collection(tag.as_deref(), "map", tag_span)?;
                self.push(What::Table(next), anchor, at)?;
                self.enter(next, at)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(at),
            Event::Alias(anchor) => {
                let Some(&begin) = self.anchors.get(&anchor) else {
                    return Err(SyntaxError::grammar("an alias to an unknown anchor", Some(at)));
                };
                if self.open.contains(&begin) {
                    let message = "an alias to the value that it stands in";
                    let mut error = SyntaxError::grammar(message, Some(at));
                    error.other = Some(self.steps[begin].span);
                    return Err(error);
                }
                self.push(What::Alias(begin), 0, at)?;
            }
            // The ends of things, and what other options would emit.
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, what: What<'t>, anchor: usize, span: Span) -> Result<(), SyntaxError> {
        // Keys count too; the tree counts once more, and precisely.
        self.nodes += 1;
        if self.nodes / 2 > self.limits.nodes {
            return Err(SyntaxError::too_many(self.limits, span));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, self.steps.len());
        }
        self.steps.push(Step { what, span });
        Ok(())
    }

    fn enter(&mut self, begin: usize, span: Span) -> Result<(), SyntaxError> {
        self.open.push(begin);
        if self.open.len() > self.limits.depth {
            return Err(too_deep(self.limits, span));
        }
        Ok(())
    }

    fn leave(&mut self, span: Span) {
        let end = self.steps.len();
        if let Some(begin) = self.open.pop()
            && let Some(step) = self.steps.get_mut(begin)
        {
            step.span.end = span.end.max(step.span.end);
            match &mut step.what {
                What::List(at) | What::Table(at) => *at = end,
                _ => {}
            }
        }
        self.steps.push(Step { what: What::End, span });
    }
}

/// The text of a scalar that stands as a key: what it is makes no difference there.
pub(super) fn key_text<'t>(scalar: &Scalar<'t>) -> Cow<'t, str> {
    match scalar {
        Scalar::Str(text) | Scalar::Plain(text) => text.clone(),
        Scalar::Null => Cow::Borrowed("null"),
        Scalar::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        Scalar::Float(value) => Cow::Owned(value.to_string()),
        _ => Cow::Borrowed(""),
    }
}

pub(super) fn too_deep(limits: &Limits, span: Span) -> SyntaxError {
    let message = format!("lists and tables are nested more than {} levels deep", limits.depth);
    SyntaxError::limit(SyntaxKind::TooDeep, message, Some(span)).raise("depth")
}
