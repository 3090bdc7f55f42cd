//! The parsers' errors in plain words, with what to do about them.

use jsonc_parser::ParseStringErrorKind;
use jsonc_parser::errors::{ParseError, ParseErrorKind as Kind};

use crate::decode::Span;
use crate::format::SyntaxError;

const RENAME: &str = "remove it, or rename the file to `.jsonc`";
const HALF: &str = "an escape that is no character: half of a surrogate pair";
const WRITE: &str = "write the character itself, or both halves: \\ud83d\\ude00";
const PAIR: &str = "write `\"key\": value`";
const CLOSES: &str = "write the value, or remove the `,` or `:` before it";
const NON_FINITE: (&str, &str) =
    ("`Infinity` and `NaN` are not JSON", "write a number, or rename the file to `.jsonc`");

/// What jsonc-parser says, which knows the place.
pub(super) fn of_places(error: &ParseError, text: &str) -> SyntaxError {
    let range = error.range();
    let start = range.start;
    let (message, help) = match error.kind() {
        Kind::TrailingCommasNotAllowed => ("a trailing comma", RENAME),
        Kind::CommentsNotAllowed => ("a comment, which JSON does not have", RENAME),
        Kind::SingleQuotedStringsNotAllowed => {
            ("single quotes, which JSON does not have", "write double quotes: \"…\"")
        }
        Kind::ExpectedStringObjectProperty => {
            ("a key without quotes", "write the key in double quotes: \"…\"")
        }
        Kind::HexadecimalNumbersNotAllowed => {
            ("a hexadecimal number, which JSON does not have", "write it in decimal digits")
        }
        Kind::UnaryPlusNumbersNotAllowed => ("a number with a plus sign", "remove the `+`"),
        Kind::BareDecimalPointNumbersNotAllowed => {
            ("a number that begins or ends with its decimal point", "write `0.5` or `5.0`")
        }
        Kind::NonFiniteNumbersNotAllowed => NON_FINITE,
        Kind::ExpectedComma if is_zero_before(text, start) => {
            return SyntaxError::grammar("a number with a leading zero", Some(number(text, start)))
                .help("remove the zero, or write the number in quotes");
        }
        Kind::ExpectedComma => ("a comma is missing", "write `,` between two values"),
        Kind::ExpectedColonAfterObjectKey => ("a colon is missing after the key", PAIR),
        Kind::ExpectedObjectValue => ("a value is missing after the colon", PAIR),
        Kind::UnterminatedObject => ("a table is not closed", "write `}` where it ends"),
        Kind::UnterminatedArray => ("a list is not closed", "write `]` where it ends"),
        Kind::UnterminatedCommentBlock => ("a comment is not closed", "write `*/` where it ends"),
        Kind::MultipleRootJsonValues => {
            ("something follows the end of the document", "a document is one value")
        }
        Kind::UnexpectedWord | Kind::UnexpectedToken => match text.get(start..range.end) {
            Some("NaN" | "Infinity") => NON_FINITE,
            Some("True" | "False" | "None") => {
                ("a word that is no value", "write `true`, `false` or `null`")
            }
            Some(word) if word.starts_with(char::is_alphabetic) => {
                ("a word that is no value", "write strings in double quotes: \"…\"")
            }
            _ => {
                ("a character that JSON does not have here", "remove it, or put the text in quotes")
            }
        },
        Kind::UnexpectedComma => ("a comma where a value is expected", "remove it"),
        Kind::UnexpectedColon => (
            "a colon where none is expected",
            "keys stand in tables: is the list before it closed with `]`?",
        ),
        Kind::UnexpectedCloseBrace if follows_value(text, start) => {
            ("a `}` in a list that is not closed", "write `]` before it, or in its place")
        }
        Kind::UnexpectedCloseBrace => ("a `}` where a value is expected", CLOSES),
        Kind::UnexpectedCloseBracket => ("a `]` where a value is expected", CLOSES),
        Kind::UnexpectedTokenInObject if text.get(start..).is_some_and(|t| t.starts_with(']')) => {
            ("a `]` in a table that is not closed", "write `}` before it, or in its place")
        }
        Kind::UnexpectedTokenInObject => ("a key in double quotes is expected here", PAIR),
        Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => {
            ("a number without its digits", "write it in full: `-1`, `0.5`, `1e3`")
        }
        Kind::NestingDepthExceeded => ("lists and tables are nested too deeply", "nest them less"),
        Kind::String(kind) => match kind {
            ParseStringErrorKind::UnterminatedStringLiteral => {
                ("a string is not closed", "write `\"` where it ends")
            }
            ParseStringErrorKind::InvalidUnicodeEscapeSequence(_) => (HALF, WRITE),
            ParseStringErrorKind::ExpectedFourHexDigits => {
                ("`\\u` without four hexadecimal digits", "write all four: `\\u00e9`")
            }
            ParseStringErrorKind::ExpectedTwoHexDigits => {
                ("`\\x` without two hexadecimal digits", "write both: `\\xe9`")
            }
            _ => ("an escape that JSON does not have", "write a backslash itself as `\\\\`"),
        },
        #[allow(unreachable_patterns)] // another crate may turn on a feature that adds one
        _ => ("this is not JSON", ""),
    };
    // Where something is not closed, the parser means all of the rest.
    let end = match error.kind() {
        Kind::UnterminatedObject
        | Kind::UnterminatedArray
        | Kind::UnterminatedCommentBlock
        | Kind::String(ParseStringErrorKind::UnterminatedStringLiteral) => start,
        _ => range.end,
    };
    let mut said = advised(message, Some(within(text, start, end)), help);
    if let Kind::UnexpectedColon | Kind::UnexpectedCloseBrace | Kind::UnexpectedCloseBracket =
        error.kind()
    {
        said.open = opened(text, start);
    }
    said
}

/// Whether a place stands behind a value, and not behind what announces one.
fn follows_value(text: &str, at: usize) -> bool {
    let before = text.get(..at).map_or("", str::trim_ascii_end);
    !before.is_empty() && !before.ends_with([',', ':'])
}

/// The innermost bracket that is open at a place, where it stands in a line above.
fn opened(text: &str, at: usize) -> Option<Span> {
    let mut open = Vec::new();
    let mut bytes = text.get(..at)?.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                while let Some((_, byte)) = bytes.next() {
                    match byte {
                        b'\\' => drop(bytes.next()),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            b'[' | b'{' => open.push(at),
            b']' | b'}' => drop(open.pop()),
            _ => {}
        }
    }
    let start = open.pop()?;
    text[start..at].contains('\n').then(|| Span::new(start, start + 1))
}

/// What `serde_json` says, where jsonc-parser had nothing to say.
pub(super) fn of_verdict(error: &serde_json::Error, text: &str) -> SyntaxError {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let at = offset(text, error.line(), error.column());
    let span = if said.contains("number") { number(text, at) } else { within(text, at, at) };
    let message = match said {
        "number out of range" => "a number beyond what a float can hold",
        "invalid number" => {
            "a number that JSON does not have (no leading zeros, digits on both sides of the point)"
        }
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => HALF,
        "invalid escape" => "an escape that JSON does not have",
        "expected value" if text[span.range()].chars().all(char::is_whitespace) => {
            "white space that JSON does not have"
        }
        "expected value" => "a value is expected here",
        "trailing characters" => "something follows the end of the document",
        "expected `,` or `}`" | "expected `,` or `]`" => {
            "a comma or the end of the list or table is expected here"
        }
        _ if said.starts_with("EOF") => "the text ends before the document does",
        _ if said.starts_with("control character") => "a control character in a string",
        other => other,
    };
    let help = match message {
        HALF => WRITE,
        "white space that JSON does not have" => "replace it by a plain space",
        _ => "",
    };
    advised(message, Some(span), help)
}

fn advised(message: &str, span: Option<Span>, help: &str) -> SyntaxError {
    let error = SyntaxError::grammar(message, span);
    if help.is_empty() { error } else { error.help(help) }
}

/// The byte at a line and column; `serde_json` counts both from 1, and columns in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        Some(nth) => text.match_indices('\n').nth(nth).map_or(text.len(), |(at, _)| at + 1),
        None => 0,
    };
    start + column.saturating_sub(1)
}

/// Whether a number that began with a zero ends here, and another digit follows.
fn is_zero_before(text: &str, at: usize) -> bool {
    let (before, behind) = text.as_bytes().split_at(at.min(text.len()));
    before.ends_with(b"0") && behind.first().is_some_and(u8::is_ascii_digit)
}

/// The number around a place.
fn number(text: &str, at: usize) -> Span {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-');
    let (before, behind) = text.as_bytes().split_at(at.min(text.len()));
    let start = at - before.iter().rev().take_while(|byte| part(byte)).count();
    let end = at + behind.iter().take_while(|byte| part(byte)).count();
    within(text, start, end)
}

/// A place of at least one character, cut to the text and to whole characters.
fn within(text: &str, start: usize, end: usize) -> Span {
    let mut start = start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let least = text[start..].chars().next().map_or(0, char::len_utf8);
    let end = end.clamp(start + least, text.len().max(start + least));
    Span::new(start, end)
}
