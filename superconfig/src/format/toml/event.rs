//! Text into events, and what the grammar and the limits say against it.

use toml_parser::decoder::Encoding;
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Source, Span as Range};

use super::super::Limits;
use crate::decode::Span;

/// The description by which [`words`](super::words) knows an error of ours from the parser's.
pub(super) const TOO_DEEP: &str = "nested too deeply";
/// More values than the limit.
pub(super) const TOO_MANY: &str = "too many values";
/// A text of 4 GiB or more.
pub(super) const TOO_LONG: &str = "too long";

/// One event. White space, comments and separators are left out: where the grammar is satisfied,
/// they say nothing that the rest does not say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    /// What it is.
    pub(super) kind: Kind,
    start: u32,
    end: u32,
}

/// What an [`Event`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[`, followed by keys and `HeaderEnd`.
    Table,
    /// `[[`, the same.
    Tables,
    /// `]` or `]]`.
    HeaderEnd,
    /// `{`, followed by keys, each with its value, and `InlineEnd`.
    Inline,
    /// `}`
    InlineEnd,
    /// `[`, followed by values and `ArrayEnd`.
    Array,
    /// `]`
    ArrayEnd,
    /// A key, or a part of a dotted one: the next part, or else the value, follows.
    Key(Form),
    /// A value without parts.
    Scalar(Form),
}

/// How a key or a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It is this very text; a scalar is a string.
    Plain,
    /// It has to be decoded.
    Raw(Option<Encoding>),
}

/// The events of a document.
pub(super) struct Events {
    /// In the order of the text.
    pub(super) list: Vec<Event>,
    /// How many of them are values.
    pub(super) values: usize,
}

impl Event {
    /// An event at a place.
    pub(super) fn new(kind: Kind, start: u32, end: u32) -> Self {
        Self { kind, start, end }
    }

    /// Where it stands.
    pub(super) fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// The events of a document; an error if there is anything against it but the content of keys and
/// values and the order of tables.
pub(super) fn read(text: &str, limits: &Limits) -> Result<Events, ParseError> {
    if u32::try_from(text.len()).is_err() {
        return Err(ParseError::new(TOO_LONG));
    }
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut collector = Collector {
        text,
        // What is left out is about as much as what stays.
        events: Vec::with_capacity(tokens.len() / 2),
        depth: 0,
        key_parts: 0,
        values: 0,
        limits,
    };
    let mut error: Option<ParseError> = None;
    parse_document(&tokens, &mut collector, &mut error);
    match error {
        Some(error) => Err(error),
        None => Ok(Events { list: collector.events, values: collector.values }),
    }
}

struct Collector<'t> {
    text: &'t str,
    events: Vec<Event>,
    /// How many inline tables and arrays are open.
    depth: usize,
    /// How many keys came without anything else in between.
    key_parts: usize,
    values: usize,
    limits: &'t Limits,
}

impl Collector<'_> {
    #[allow(clippy::cast_possible_truncation)] // `read` refuses longer texts
    fn push(&mut self, kind: Kind, span: Range) {
        self.events.push(Event { kind, start: span.start() as u32, end: span.end() as u32 });
    }

    /// Notes a value; whether there is room for it. What is beyond a limit is not kept, so that
    /// it takes no memory either.
    fn value(&mut self, kind: Kind, span: Range, error: &mut dyn ErrorSink) -> bool {
        self.key_parts = 0;
        self.values += 1;
        if self.values > self.limits.nodes {
            if self.values == self.limits.nodes + 1 {
                error.report_error(ParseError::new(TOO_MANY).with_unexpected(span));
            }
            return false;
        }
        self.push(kind, span);
        true
    }

    /// Whether the parser may go in: it recurses.
    fn open(&mut self, kind: Kind, span: Range, error: &mut dyn ErrorSink) -> bool {
        self.depth += 1;
        if self.depth > self.limits.depth {
            error.report_error(ParseError::new(TOO_DEEP).with_unexpected(span));
            return false;
        }
        self.value(kind, span, error)
    }

    fn close(&mut self, kind: Kind, span: Range) {
        self.depth = self.depth.saturating_sub(1);
        self.push(kind, span);
    }
}

impl EventReceiver for Collector<'_> {
    fn std_table_open(&mut self, span: Range, _error: &mut dyn ErrorSink) {
        self.push(Kind::Table, span);
    }

    fn std_table_close(&mut self, span: Range, _error: &mut dyn ErrorSink) {
        self.key_parts = 0;
        self.push(Kind::HeaderEnd, span);
    }

    fn array_table_open(&mut self, span: Range, _error: &mut dyn ErrorSink) {
        self.push(Kind::Tables, span);
    }

    fn array_table_close(&mut self, span: Range, _error: &mut dyn ErrorSink) {
        self.key_parts = 0;
        self.push(Kind::HeaderEnd, span);
    }

    fn inline_table_open(&mut self, span: Range, error: &mut dyn ErrorSink) -> bool {
        self.open(Kind::Inline, span, error)
    }

    fn inline_table_close(&mut self, span: Range, _error: &mut dyn ErrorSink) {
        self.close(Kind::InlineEnd, span);
    }

    fn array_open(&mut self, span: Range, error: &mut dyn ErrorSink) -> bool {
        self.open(Kind::Array, span, error)
    }

    fn array_close(&mut self, span: Range, _error: &mut dyn ErrorSink) {
        self.close(Kind::ArrayEnd, span);
    }

    fn simple_key(&mut self, span: Range, kind: Option<Encoding>, error: &mut dyn ErrorSink) {
        self.key_parts += 1;
        // The last part names the value, which may stand one level below the deepest table.
        if self.key_parts > self.limits.depth + 1 {
            if self.key_parts == self.limits.depth + 2 {
                error.report_error(ParseError::new(TOO_DEEP).with_unexpected(span));
            }
            return;
        }
        self.push(Kind::Key(Form::Raw(kind)), span);
    }

    fn scalar(&mut self, span: Range, kind: Option<Encoding>, error: &mut dyn ErrorSink) {
        self.value(Kind::Scalar(Form::Raw(kind)), span, error);
    }

    fn comment(&mut self, span: Range, error: &mut dyn ErrorSink) {
        if let Some(raw) = Source::new(self.text).get(span) {
            raw.decode_comment(error);
        }
    }

    fn newline(&mut self, span: Range, error: &mut dyn ErrorSink) {
        // A line break of one byte is a line feed, or a carriage return that stands alone.
        if span.len() == 1
            && self.text.as_bytes()[span.start()] != b'\n'
            && let Some(raw) = Source::new(self.text).get(span)
        {
            raw.decode_newline(error);
        }
    }
}

/// The events that are still to be read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'e, 't> {
    /// The text that the events speak of.
    pub(super) text: &'t str,
    events: &'e [Event],
}

impl<'e, 't> Cursor<'e, 't> {
    /// From the beginning.
    pub(super) fn new(text: &'t str, events: &'e Events) -> Self {
        Self { text, events: &events.list }
    }

    /// What comes next.
    pub(super) fn peek(&self) -> Option<Kind> {
        self.events.first().map(|event| event.kind)
    }

    /// What comes next, and goes on behind it.
    pub(super) fn take(&mut self) -> Option<Event> {
        let (first, rest) = self.events.split_first()?;
        self.events = rest;
        Some(*first)
    }

    /// Where the key or value of an event stands. The scanner leaves the quotes of a plain string out.
    pub(super) fn place(&self, event: Event) -> Span {
        let Span { start, end } = event.span();
        let is_plain = matches!(event.kind, Kind::Key(Form::Plain) | Kind::Scalar(Form::Plain));
        let before = start.checked_sub(1).and_then(|at| self.text.as_bytes().get(at as usize));
        match before {
            Some(b'"' | b'\'') if is_plain => Span { start: start - 1, end: end + 1 },
            _ => Span { start, end },
        }
    }

    /// Whether the key that comes next is followed by another part of it.
    pub(super) fn is_dotted(&self) -> bool {
        matches!(self.events.get(1), Some(Event { kind: Kind::Key(_), .. }))
    }

    /// Where the header ends whose keys come next.
    pub(super) fn header_end(&self) -> u32 {
        let end = self.events.iter().find(|event| event.kind == Kind::HeaderEnd);
        end.map_or(0, |event| event.end)
    }

    /// Whether a key comes next.
    pub(super) fn at_key(&self) -> bool {
        matches!(self.peek(), Some(Kind::Key(_)))
    }
}
