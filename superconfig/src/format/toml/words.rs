//! Errors in plain words.

use toml_parser::{Expected, ParseError};

use super::super::{Limits, SyntaxError, SyntaxKind};
use super::event::{Form, TOO_DEEP, TOO_LONG, TOO_MANY};
use super::scalar::scalar;
use super::shape::Clash;
use crate::decode::Span;

/// What the parser says, in the words of our errors. Nothing of the text is repeated.
pub(super) fn syntax(text: &str, error: &ParseError, limits: &Limits) -> SyntaxError {
    let span = error.unexpected().map(|span| Span::new(span.start(), span.end()));
    match error.description() {
        TOO_DEEP => return clash(Clash::TooDeep, "", span.unwrap_or_default(), limits),
        TOO_MANY => return clash(Clash::TooMany, "", span.unwrap_or_default(), limits),
        TOO_LONG => {
            let message = "the text is longer than 4 GiB";
            return SyntaxError::limit(SyntaxKind::TooLarge, message, None);
        }
        _ => {}
    }
    let whole = error.context().map(|span| Span::new(span.start(), span.end()));
    let words = match (error.description(), whole) {
        // Where a value should stand, nothing does.
        ("string values must be quoted", Some(whole)) if whole.start == whole.end => {
            "missing value"
        }
        (words, Some(whole)) if words.starts_with("invalid") && words.ends_with("string") => {
            let is_open = span.is_some_and(|span| span.start == whole.end);
            if is_open { "unclosed string" } else { "control character" }
        }
        (words, _) => words,
    };
    // What "unclosed" means is best seen where it was opened.
    let opened = whole.filter(|_| words.starts_with("unclosed")).map(|whole| match words {
        "unclosed string" => Span { end: quotes(text, whole), ..whole },
        _ => whole,
    });
    let written = whole.or(span).map(|place| Written::at(text, place)).unwrap_or_default();
    if let Some(semicolon) = written.semicolon
        && is_of_value(words)
        && written.is_value()
    {
        let place = Span { start: semicolon, end: semicolon + 1 };
        let (message, help) = if written.is_item { BETWEEN } else { SEMICOLON };
        return SyntaxError::grammar(message.to_owned(), Some(place)).help(help);
    }
    let said = match words {
        "unexpected key or value" | "unexpected content" => {
            behind(span.and_then(|span| text.get(span.start as usize..)).unwrap_or_default())
        }
        _ if whole.is_some() => value(words, &written),
        _ => None,
    };
    // What is no value at all is pointed at as a whole.
    let is_none = [TEXT, NULL, NULL_ITEM].map(Some).contains(&said);
    let place = opened.or(if is_none { whole } else { span });
    let (message, help) = match said {
        Some((message, help)) => (Some(message), Some(help)),
        None => plain(words),
    };
    let mut message = message.map_or_else(|| error.description().to_owned(), str::to_owned);
    if help.is_none()
        && let Some(expected) = error.expected()
    {
        message.push_str(&list(expected));
    }
    let mut found = SyntaxError::grammar(message, place);
    // A bracket that is not closed is often noticed at the next key, some lines below.
    let is_inside = words.starts_with("missing comma")
        || words.starts_with("extra assignment")
        || words == "unexpected `=` in array";
    let apart = |open: &Span| {
        let between = span.and_then(|span| text.get(open.start as usize..span.start as usize));
        between.is_some_and(|between| between.contains('\n'))
    };
    found.open = whole.filter(|_| is_inside).filter(apart);
    match help {
        Some(help) => found.help(help),
        None => found,
    }
}

/// The end of the quotes with which a string begins.
fn quotes(text: &str, string: Span) -> u32 {
    let string_text = text.get(string.range()).unwrap_or_default();
    let several = string_text.starts_with("\"\"\"") || string_text.starts_with("'''");
    string.start + if several { 3 } else { 1 }
}

/// What stands where a value should.
#[derive(Default)]
struct Written<'t> {
    /// Its text, up to a `;` with which another language would end it.
    text: &'t str,
    /// Where that is.
    semicolon: Option<u32>,
    /// Whether it is an item of a list. What follows a key stands behind a `=`.
    is_item: bool,
}

impl<'t> Written<'t> {
    fn at(text: &'t str, place: Span) -> Self {
        let before = text.get(..place.start as usize).unwrap_or_default();
        let text = text.get(place.range()).unwrap_or_default().trim_end();
        let is_item = !before.trim_end_matches([' ', '\t']).ends_with('=');
        // The parser takes `1; 2` in a list for one value.
        let ends = |rest: &str| is_item || rest.bytes().all(|byte| byte == b';');
        match text.split_once(';').filter(|(_, rest)| ends(rest)) {
            Some((value, _)) => {
                let len = u32::try_from(value.len()).unwrap_or_default();
                Self { text: value, semicolon: Some(place.start + len), is_item }
            }
            None => Self { text, semicolon: None, is_item },
        }
    }

    /// Whether it is a value that needs no quotes.
    fn is_value(&self) -> bool {
        let end = u32::try_from(self.text.len());
        let place = end.map(|end| Span { start: 0, end });
        place.is_ok_and(|place| scalar(self.text, place, Form::Raw(None)).is_ok())
    }

    /// Whether it is a number but for the digits on one side of its decimal point.
    fn lacks_digits(&self) -> bool {
        let mantissa = self.text.split(['e', 'E']).next().unwrap_or_default();
        let sides = mantissa.trim_start_matches(['+', '-']).split_once('.');
        let are_digits = |side: &str| side.bytes().all(|byte| byte.is_ascii_digit());
        sides.is_some_and(|(whole, fraction)| {
            whole.is_empty() != fraction.is_empty() && are_digits(whole) && are_digits(fraction)
        })
    }
}

/// Whether something is wrong with a value, and not with a key or with what stands between them.
fn is_of_value(words: &str) -> bool {
    !words.contains("key") && !words.starts_with("unexpected")
}

/// What is wrong, and what to do about it.
type Words = (&'static str, &'static str);

const TEXT: Words =
    ("a value that is no number, date or boolean", "put text in quotes: \"like this\"");
const NULL: Words =
    ("a value that is no number, date or boolean", "TOML has no null: leave the key out");
const NULL_ITEM: Words =
    ("a value that is no number, date or boolean", "TOML has no null: leave the item out");
const SEMICOLON: Words =
    ("a `;` behind a key and its value", "remove it: in TOML the line's end ends them");
const BETWEEN: Words = ("a `;` behind a list's item", "put a `,` between items, and no `;`");

/// A value without quotes that is none. By its first letter alone the parser takes it for what it
/// could have become: `info` for an `inf`, and `test` for a `true`.
fn value(words: &str, written: &Written<'_>) -> Option<Words> {
    let is = |words: &[&str]| words.iter().any(|word| written.text.eq_ignore_ascii_case(word));
    let is_numeric = written.text.bytes().all(|b| b.is_ascii_digit() || b"+-._eE".contains(&b));
    Some(match words {
        "string values must be quoted"
            if written.text.starts_with(['“', '”', '„', '‘', '’', '«']) =>
        {
            (TEXT.0, "write straight quotes, as code has them: \"like this\"")
        }
        "invalid boolean" if !is(&["true", "false"]) => {
            (TEXT.0, "put text in quotes: \"like this\"; booleans are `true` and `false`")
        }
        "invalid float" if is(&["null", "nil", "none"]) => {
            if written.is_item {
                NULL_ITEM
            } else {
                NULL
            }
        }
        "invalid float" if is(&["nan", "inf", "+nan", "-nan", "+inf", "-inf"]) => {
            ("not quite a number", "write `nan` or `inf` in lower case")
        }
        "invalid mantissa" | "invalid fraction" if written.lacks_digits() => {
            ("a number that begins or ends with its decimal point", "write `0.5` or `5.0`")
        }
        "invalid exponent" if is_numeric => ("an exponent without digits", "write `1e5`"),
        "invalid float" | "invalid mantissa" | "invalid fraction" | "invalid exponent" => TEXT,
        _ => return None,
    })
}

/// What stands behind a value or a table's header, where it is a mark and not more of the same.
fn behind(rest: &str) -> Option<Words> {
    Some(match rest.chars().next()? {
        ',' => ("a `,` behind a key and its value", "remove it: in TOML the line's end ends them"),
        ';' => SEMICOLON,
        ']' => ("a `]` too many", "write `[table]`, or `[[table]]` for an element of a list"),
        _ => return None,
    })
}

/// The parser's words and its cure in ours, where ours are better.
fn plain(words: &str) -> (Option<&'static str>, Option<&'static str>) {
    let (message, help) = match words {
        "string values must be quoted" => TEXT,
        "key with no value" | "missing value for key" => {
            ("a key without a value", "write `key = value`, or `[key]` for a table")
        }
        "invalid key-value pair" => ("a key is missing", "write `key = value`"),
        "missing value" => ("a value is missing", "write a value behind the `=`"),
        "unquoted keys cannot be empty" => {
            ("a key is missing", "write a key; the empty one is written \"\"")
        }
        "invalid unquoted key" => (
            "a key with characters other than letters, digits, `-` and `_`",
            "put the key in quotes: \"like this\"",
        ),
        "extra `=`" => ("a second `=`", "write one `=` between a key and its value"),
        "unclosed table" => ("a table header without its `]`", "close it: `[table]`"),
        "unclosed array table" => ("a table header without its `]]`", "close it: `[[table]]`"),
        "unclosed array" => ("a list without its `]`", "close it with `]`"),
        "unclosed inline table" => ("an inline table without its `}`", "close it with `}`"),
        "missing table open" => ("a `]` without a `[` before it", "a table begins with `[table]`"),
        "missing array opening" => ("a `]` without a `[` before it", "remove it"),
        "missing inline table opening" => ("a `}` without a `{` before it", "remove it"),
        "unexpected key or value" | "unexpected content" => {
            ("more on the line than one key and its value", "go on in the next line")
        }
        "missing comma between array elements" => (
            "a list's items without a comma between them",
            "put a `,` between them, or close the list with `]`",
        ),
        "missing comma between key-value pairs" => (
            "an inline table's keys without a comma between them",
            "put a `,` between them, or close the table with `}`",
        ),
        "missing assignment between key-value pairs" => {
            ("a key without a value", "write `key = value`")
        }
        "carriage return must be followed by newline" => (
            "a carriage return that stands alone",
            "end lines with a line feed, or with both as Windows does",
        ),
        "missing opening quote" => ("a closing quote without an opening one", "open the string"),
        "missing escaped value" => (
            "an escape that does not exist",
            "write `\\\\` for a backslash, or put the text in single quotes",
        ),
        "invalid value" => (
            "an escape that is no character",
            "write the character itself, or its number in hexadecimal digits: \\u00e9",
        ),
        "unexpected leading zero" => (
            "a number with a leading zero",
            "remove the zero, or put it in quotes if it is no number (0o is for octal)",
        ),
        "invalid boolean" => ("not quite a boolean", "write `true` or `false` in lower case"),
        "unclosed string" => (
            "a string that is not closed",
            "close it with the quotes that it begins with; a text of several lines stands between \"\"\"",
        ),
        "control character" => (
            "a control character in a string",
            "write an escape such as `\\t` or `\\u0000` between double quotes",
        ),
        "unexpected `=` in array" => {
            ("a `=` inside a list", "close the list with `]` before the next key")
        }
        "extra assignment between key-value pairs" => {
            ("a second `=` in an inline table's entry", "put a `,` between its keys")
        }
        "invalid comment character" => ("a control character in a comment", "remove it"),
        _ => return (None, None),
    };
    (Some(message), Some(help))
}

fn list(expected: &[Expected]) -> String {
    let words: Vec<_> = expected
        .iter()
        .map(|expected| match expected {
            Expected::Literal("\n") => "a new line".to_owned(),
            Expected::Literal(text) => format!("`{}`", text.escape_debug()),
            Expected::Description(text) => (*text).to_owned(),
            _ => "something else".to_owned(),
        })
        .collect();
    if words.is_empty() { String::new() } else { format!(", expected {}", words.join(" or ")) }
}

/// A key that may not go where it stands.
pub(super) fn clash(clash: Clash, key: &str, span: Span, limits: &Limits) -> SyntaxError {
    let here = Some(span);
    let twice = |message: String, first: Span, help: &str| SyntaxError {
        message,
        ..SyntaxError::duplicate(key, here, Some(first)).help(help)
    };
    match clash {
        Clash::Duplicate(first) => SyntaxError::duplicate(key, here, Some(first)),
        Clash::Value(first) => twice(
            format!("{key:?} is a value already, so it cannot be extended as a table"),
            first,
            "write everything in one place: values in braces and brackets are complete",
        ),
        Clash::Header(first) => twice(
            format!("the table {key:?} is written in another place already"),
            first,
            "write the key below the header of that table",
        ),
        Clash::TooDeep => {
            let message = format!("nested deeper than {} levels", limits.depth);
            SyntaxError::limit(SyntaxKind::TooDeep, message, here).raise("depth")
        }
        Clash::TooMany => SyntaxError::too_many(limits, span),
    }
}
