//! A look over the brackets, strings and comments of a text before it is parsed.

use super::DEPTH;
use crate::decode::Span;
use crate::format::{Limits, SyntaxError, SyntaxKind};

/// Outside of strings.
const BETWEEN: &str = "between values";

/// Refuses what is nested too deeply or is too much, and the control characters that
/// jsonc-parser lets pass.
pub(super) fn scan(text: &str, limits: &Limits, relaxed: bool) -> Result<(), SyntaxError> {
    let most = limits.depth.min(DEPTH);
    let bytes = text.as_bytes();
    let (mut depth, mut commas, mut at) = (0_usize, 0_usize, 0_usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = string(bytes, at, relaxed)?,
            b'\'' if relaxed => at = string(bytes, at, relaxed)?,
            b'/' if relaxed => at = comment(bytes, at),
            b'[' | b'{' => {
                depth += 1;
                if depth > most {
                    return Err(too_deep(most, at));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => {
                commas += 1;
                // There is one value more than there are commas, and one for each list or table.
                if commas >= limits.nodes {
                    return Err(SyntaxError::too_many(limits, Span::new(at, at + 1)));
                }
            }
            b'\t' | b'\n' | b'\r' => {}
            0..0x20 => return Err(control(byte, at, BETWEEN)),
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// The position of the quote that ends the string which begins at `start`, or the end of the text.
fn string(bytes: &[u8], start: usize, relaxed: bool) -> Result<usize, SyntaxError> {
    let quote = bytes[start];
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => {
                // In the relaxed syntax an escaped line break is left out of the string.
                let next = bytes.get(at + 1).copied();
                if relaxed && next == Some(b'\r') && bytes.get(at + 2) == Some(&b'\n') {
                    at += 1;
                } else if !relaxed && let Some(next @ 0..0x20) = next {
                    return Err(control(next, at + 1, "in a string"));
                }
                at += 1;
            }
            0..0x20 => return Err(control(byte, at, "in a string")),
            _ if byte == quote => break,
            _ => {}
        }
        at += 1;
    }
    Ok(at)
}

/// The position of the last byte of a comment; a lone slash is left to the parser.
fn comment(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start + 1..];
    let length = match rest.first() {
        Some(b'/') => rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')),
        Some(b'*') => rest.windows(2).skip(1).position(|pair| pair == b"*/").map(|at| at + 3),
        _ => Some(0),
    };
    length.map_or(bytes.len(), |length| start + length)
}

fn too_deep(most: usize, at: usize) -> SyntaxError {
    let message = format!("lists and tables are nested more than {most} levels deep");
    let error = SyntaxError::limit(SyntaxKind::TooDeep, message, Some(Span::new(at, at + 1)));
    // Raising the limit beyond what the parser takes helps nobody.
    if most < DEPTH { error.raise("depth") } else { error.help("no deeper JSON is read") }
}

fn control(byte: u8, at: usize, place: &str) -> SyntaxError {
    let (name, help) = match byte {
        b'\n' | b'\r' => ("a line break", "close the string on its line, or write `\\n`"),
        b'\t' => ("a tab", "write `\\t`"),
        0x0c => ("a form feed", "remove it, or write `\\f` inside a string"),
        _ if place == BETWEEN => ("a control character", "remove it"),
        _ => ("a control character", "write it as `\\u00XX` inside a string"),
    };
    let span = Some(Span::new(at, at + 1));
    SyntaxError::grammar(format!("{name} {place} (U+{byte:04X})"), span).help(help)
}
