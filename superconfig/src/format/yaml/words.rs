//! The parser's errors in plain words, with what to do about them.

use granit_parser::{ErrorKind as Kind, ScanError};

use super::Source;
use super::steps::too_deep;
use crate::decode::Span;
use crate::format::{Limits, SyntaxError};

const TAB: &str = "a tab in the indentation";
const SPACES: &str = "indent with spaces";
const QUOTE: &str = "quote the value";

/// What the parser says.
pub(super) fn of_error(error: &ScanError, source: Source<'_>, limits: &Limits) -> SyntaxError {
    let text = source.text;
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let rest = text.get(at..).unwrap_or_default();
    let next = rest.chars().next();
    let length = match error.kind() {
        Kind::UnknownAnchor => rest.find(|c: char| c.is_whitespace() || ",[]{}".contains(c)),
        _ => next.map(char::len_utf8),
    };
    let span = source.span(at, at + length.unwrap_or(rest.len()));
    if *error.kind() == Kind::RecursionLimitExceeded {
        return too_deep(limits, span);
    }
    if let Kind::InvalidIndentation | Kind::InvalidFlowScalarIndent = error.kind()
        && let Some(open) = open_bracket(text, at)
    {
        return inside_brackets(source, open, span);
    }
    let (message, help) = match tab_before(text, at) {
        Some(tab) => return advised(TAB.to_owned(), source.span(tab, tab + 1), SPACES),
        None if next == Some(',') => ("a comma where a value is expected", QUOTE),
        None => words(error.kind()),
    };
    let message = match message {
        "" => error.kind().to_string(),
        message => message.to_owned(),
    };
    advised(message, span, help)
}

/// What is wrong with a line inside of brackets that is not indented: the bracket that should have
/// been closed, where it never is.
fn inside_brackets(source: Source<'_>, open: usize, line: Span) -> SyntaxError {
    let text = source.text;
    let bracket = source.span(open, open + 1);
    let (message, help) = match text.as_bytes().get(open) {
        Some(b'[') => ("a list is not closed", "write `]` where it ends"),
        _ => ("a table is not closed", "write `}` where it ends"),
    };
    if open_bracket(text, text.len()).is_some() {
        return advised(message.to_owned(), bracket, help);
    }
    let mut error = advised(
        "a line inside of brackets is not indented".to_owned(),
        line,
        "indent it deeper than the key of the list or table, or close the bracket before it",
    );
    error.open = Some(bracket);
    error
}

/// The outermost bracket that is open at a place.
fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(..at)?;
    let mut open = Vec::new();
    // Whether a value may begin here, so that a quote or bracket is one.
    let mut fresh = true;
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        match byte {
            b'\n' => fresh = true,
            b' ' | b'\t' | b'\r' => {}
            b'#' if index == 0 || bytes[index - 1].is_ascii_whitespace() => {
                index += bytes[index..].iter().position(|byte| *byte == b'\n')?;
                continue;
            }
            b'"' | b'\'' if fresh => {
                index = behind_quote(bytes, index)?;
                fresh = false;
                continue;
            }
            b'[' | b'{' if fresh || !open.is_empty() => {
                open.push(index);
                fresh = true;
            }
            b']' | b'}' if !open.is_empty() => {
                open.pop();
                fresh = false;
            }
            b',' if !open.is_empty() => fresh = true,
            b':' | b'-' | b'?' => {
                let next = bytes.get(index + 1);
                fresh =
                    next.is_none_or(u8::is_ascii_whitespace) || (!open.is_empty() && *byte == b':');
            }
            _ => fresh = false,
        }
        index += 1;
    }
    open.first().copied()
}

/// The place behind the quote that closes the one at `at`.
fn behind_quote(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes[at];
    let mut index = at + 1;
    loop {
        match bytes.get(index)? {
            b'\\' if quote == b'"' => index += 2,
            byte if *byte == quote => {
                if quote == b'\'' && bytes.get(index + 1) == Some(&quote) {
                    index += 2;
                } else {
                    return Some(index + 1);
                }
            }
            _ => index += 1,
        }
    }
}

fn advised(message: String, span: Span, help: &str) -> SyntaxError {
    let error = SyntaxError::grammar(message, Some(span));
    if help.is_empty() { error } else { error.help(help) }
}

/// The tab that the line up to `at`, or `at` itself, is indented with.
fn tab_before(text: &str, at: usize) -> Option<usize> {
    let line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let indentation = text[line..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    indentation.zip(line..).find(|(byte, _)| *byte == b'\t').map(|(_, tab)| tab)
}

/// The message and the advice; no message where the parser's own is as good.
fn words(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::TabNotAllowed | Kind::TabInBlockIndentation | Kind::TabInIndentation => (TAB, SPACES),
        Kind::TabAtBlockScalarStart => ("a text block that begins with a tab", SPACES),
        Kind::TabInPlainScalar => ("a tab inside a value without quotes", QUOTE),
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement => (
            "a `:` where no key can stand",
            "quote the value if the `:` belongs to it, or begin a new line",
        ),
        Kind::MappingKeyNotAllowed => ("a key cannot stand here", "begin a new line for it"),
        Kind::BlockSequenceEntryNotAllowed => {
            ("a `-` where no list can begin", "begin a new line for the list, or quote the value")
        }
        Kind::UnexpectedCharacter { character: '@' | '`' } => {
            ("a value cannot begin with `@` or a backtick", QUOTE)
        }
        Kind::UnexpectedCharacter { character: '%' } => ("a value cannot begin with `%`", QUOTE),
        Kind::UnexpectedCharacter { .. } => ("a character that YAML does not have here", QUOTE),
        Kind::InvalidIndentation | Kind::InvalidFlowScalarIndent => (
            "the indentation fits no line above",
            "begin the line in the same column as its neighbours",
        ),
        Kind::ExpectedBlockMappingKey => (
            "a key is expected here",
            "is the line indented like its neighbours, and does its key end in `:`?",
        ),
        Kind::ExpectedBlockSequenceEntry => {
            ("a list item is expected here", "begin it with `- `, in the column of the others")
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => {
            ("a key without its `:`", "write `key: value`; is a quote or a space missing?")
        }
        Kind::UnexpectedEofFlowSequence => ("a list is not closed", "write `]` where it ends"),
        Kind::UnexpectedEofFlowMapping | Kind::UnexpectedEofImplicitFlowMapping => {
            ("a table is not closed", "write `}` where it ends")
        }
        Kind::UnclosedFlowCollection { open: '[' } => {
            ("a list is not closed", "write `]` where it ends")
        }
        Kind::UnclosedFlowCollection { .. } => ("a table is not closed", "write `}` where it ends"),
        Kind::ExpectedFlowSequenceSeparator => {
            ("a `,` or `]` is expected here", "is a value with special characters without quotes?")
        }
        Kind::ExpectedFlowMappingSeparator => {
            ("a `,` or `}` is expected here", "is a value with special characters without quotes?")
        }
        Kind::MisplacedFlowCollectionEnd => ("a bracket that closes nothing", QUOTE),
        Kind::MismatchedFlowCollectionEnd { .. } => {
            ("a bracket that closes one of another kind", "`[` is closed by `]`, and `{` by `}`")
        }
        Kind::BlockEntryInFlowCollection => {
            ("a `- ` item inside brackets", "separate items by commas inside `[…]`")
        }
        Kind::UnclosedQuotedScalar => {
            ("a quote is not closed", "write it again where the text ends")
        }
        Kind::DocumentIndicatorInQuotedScalar => {
            ("`---` or `...` inside quotes", "is a quote not closed?")
        }
        Kind::InvalidQuotedScalarIndent => (
            "a line of a quoted value is not indented",
            "close the quote, or indent the line deeper than its key",
        ),
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => (
            "something follows the closing quote",
            "inside quotes, write `''` for `'` or `\\\"` for `\"`",
        ),
        Kind::UnknownQuotedScalarEscape => (
            "an escape that YAML does not have",
            "write a backslash itself as `\\\\`, or use single quotes",
        ),
        Kind::InvalidQuotedScalarHexEscape | Kind::InvalidLowSurrogateHexEscape => {
            ("an escape without its hexadecimal digits", "write all of them: `\\u00e9`")
        }
        Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => {
            ("an escape that is no character", "write the character itself")
        }
        Kind::InvalidBlockScalarHeader => {
            ("something follows `|` or `>` on its line", "begin the text block on the next line")
        }
        Kind::InvalidBlockScalarIndent => {
            ("a line of a text block is indented less than its first", "indent all of it alike")
        }
        Kind::CommentNotSeparated => {
            ("a `#` right behind a value", "write a space before a comment")
        }
        Kind::CommentInterceptedScalar => ("a comment inside a value of several lines", QUOTE),
        Kind::UnknownAnchor => ("an alias to an unknown anchor", "write `&name` before `*name`"),
        Kind::MissingAnchorOrAliasName => ("a `&` or `*` without a name", QUOTE),
        Kind::UndeclaredTagHandle => {
            ("a tag whose prefix is not declared", "remove it: tags construct nothing")
        }
        Kind::ExpectedTagBang
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8 => {
            ("a `!` begins a tag, and this is none", "quote the value if the `!` belongs to it")
        }
        Kind::InvalidDocumentEnd => ("something follows `...` on its line", "remove it"),
        Kind::MissingDocumentEndBeforeDirective => ("a `%` line inside the document", QUOTE),
        Kind::BomInsideDocument => ("a byte order mark inside the document", "remove it"),
        Kind::ExpectedDocumentStart => (
            "something follows the end of the document",
            "is the line indented like its neighbours?",
        ),
        Kind::ExpectedNodeContent | Kind::UnexpectedEof => (
            "a value is expected here",
            "write one, or quote it if it begins with a special character",
        ),
        _ => ("", ""),
    }
}
