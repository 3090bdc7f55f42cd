//! Rust source as words and signs, without comments, strings and test-only items.
//!
//! This is far less than a parser and enough for the questions asked here: which modules a file
//! names, which macros it calls, and which lines exist for tests only.

/// A token and the line it begins on, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) line: usize,
    pub(crate) kind: Kind<'a>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// A name, a keyword or a number; `r#type` is `type`.
    Word(&'a str),
    /// `::`.
    PathSep,
    /// Any other sign, the tick of a lifetime included.
    Sign(char),
    /// A string or a character.
    Literal,
}

/// Splits a source file into tokens.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { source, at: 0, line: 1 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    tokens
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    /// Steps over `length` bytes and counts the lines in them.
    fn skip(&mut self, length: usize) -> &'a str {
        let skipped = &self.rest()[..length];
        self.line += skipped.matches('\n').count();
        self.at += length;
        skipped
    }

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blank();
        let line = self.line;
        let rest = self.rest();
        let first = rest.chars().next()?;
        let literal = string_length(rest).or_else(|| char_length(rest));
        let kind = if let Some(length) = literal {
            self.skip(length);
            Kind::Literal
        } else if is_word(first) {
            let raw = rest.strip_prefix("r#").is_some_and(|name| name.starts_with(is_word));
            if raw {
                self.skip(2);
            }
            let rest = self.rest();
            Kind::Word(self.skip(rest.find(|c| !is_word(c)).unwrap_or(rest.len())))
        } else if rest.starts_with("::") {
            self.skip(2);
            Kind::PathSep
        } else {
            self.skip(first.len_utf8());
            Kind::Sign(first)
        };
        Some(Token { line, kind })
    }

    /// Steps over white space and comments, nested ones included.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                block_comment_length(rest)
            } else {
                rest.len() - rest.trim_start().len()
            };
            if length == 0 {
                return;
            }
            self.skip(length);
        }
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn block_comment_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// The length of the string literal that `text` begins with, if it does: plain, byte, C and raw.
fn string_length(text: &str) -> Option<usize> {
    let prefix = text.find(|c| !matches!(c, 'b' | 'c' | 'r')).filter(|&length| length <= 2)?;
    let hashes = text[prefix..].find(|c| c != '#')?;
    let body = text[prefix + hashes..].strip_prefix('"')?;
    let start = prefix + hashes + 1;
    if text[..prefix].ends_with('r') {
        let close = format!("\"{}", "#".repeat(hashes));
        return Some(body.find(&close).map_or(text.len(), |end| start + end + close.len()));
    }
    if hashes > 0 {
        return None;
    }
    let mut escaped = false;
    for (index, c) in body.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(start + index + 1),
            _ => {}
        }
    }
    Some(text.len())
}

/// The length of the character literal that `text` begins with; a lifetime has none.
fn char_length(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        // The escaped sign itself may be a tick, so the search starts behind it.
        let sign = escape.chars().next()?.len_utf8();
        return escape[sign..].find('\'').map(|end| 2 + sign + end + 1);
    }
    let sign = body.chars().next()?.len_utf8();
    body[sign..].starts_with('\'').then_some(1 + sign + 1)
}

/// What the test-only parts of a file are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TestParts {
    /// Lines, first and last, of items under `#[cfg(test)]`.
    pub(crate) lines: Vec<(usize, usize)>,
    /// Modules that live in files of their own and exist for tests only: `#[cfg(test)] mod name;`.
    pub(crate) files: Vec<String>,
}

impl TestParts {
    /// Whether a line belongs to an item under `#[cfg(test)]`.
    pub(crate) fn contains(&self, line: usize) -> bool {
        self.lines.iter().any(|&(first, last)| (first..=last).contains(&line))
    }
}

/// Takes the items under `#[cfg(test)]` out of the tokens and says where they were.
pub(crate) fn without_tests<'a>(tokens: &[Token<'a>]) -> (Vec<Token<'a>>, TestParts) {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut parts = TestParts::default();
    let mut at = 0;
    while at < tokens.len() {
        let Some(attribute_end) = test_attribute(&tokens[at..]).map(|length| at + length) else {
            kept.push(tokens[at]);
            at += 1;
            continue;
        };
        let end = item_end(tokens, attribute_end);
        if let [.., Kind::Word("mod"), Kind::Word(name), Kind::Sign(';')] =
            tokens[attribute_end..end].iter().map(|token| token.kind).collect::<Vec<_>>()[..]
        {
            parts.files.push(name.to_owned());
        }
        let last = tokens[attribute_end..end].last().map_or(tokens[at].line, |token| token.line);
        parts.lines.push((tokens[at].line, last));
        at = end;
    }
    (kept, parts)
}

/// The length of a `#[cfg(… test …)]` that the tokens begin with.
fn test_attribute(tokens: &[Token<'_>]) -> Option<usize> {
    let start = [Kind::Sign('#'), Kind::Sign('['), Kind::Word("cfg"), Kind::Sign('(')];
    if tokens.len() < start.len() || !tokens.iter().zip(&start).all(|(token, k)| token.kind == *k) {
        return None;
    }
    let end = tokens.iter().position(|token| token.kind == Kind::Sign(']'))?;
    let says = |word| tokens[..end].iter().any(|token| token.kind == Kind::Word(word));
    (says("test") && !says("not")).then_some(end + 1)
}

/// Where the item that begins at `start` ends: behind its `;` or behind its closing brace.
fn item_end(tokens: &[Token<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match token.kind {
            Kind::Sign('(' | '[' | '{') => depth += 1,
            // The end of what surrounds the item, such as a struct around a field.
            Kind::Sign(')' | ']' | '}') if depth == 0 => return index,
            Kind::Sign('}') if depth == 1 => return index + 1,
            Kind::Sign(')' | ']' | '}') => depth -= 1,
            Kind::Sign(';') if depth == 0 => return index + 1,
            _ => {}
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<&str> {
        tokens(source)
            .into_iter()
            .filter_map(|token| if let Kind::Word(word) = token.kind { Some(word) } else { None })
            .collect()
    }

    #[test]
    fn comments_strings_and_characters_are_not_words() {
        let source = r###"
            a // b
            /* c /* d */ e */ f "g \" h" r#"i " j"# b"k" br##"l "# m"## '"' '\'' 'n' '\u{6f}' p
        "###;
        assert_eq!(words(source), ["a", "f", "p"]);
    }

    #[test]
    fn lifetimes_and_raw_names_leave_the_rest_intact() {
        assert_eq!(
            words("fn f<'a>(r#type: &'a str) -> bool"),
            ["fn", "f", "a", "type", "a", "str", "bool"]
        );
        assert_eq!(words("crate b cr rb1"), ["crate", "b", "cr", "rb1"]);
    }

    #[test]
    fn lines_are_counted_through_literals() {
        let found = tokens("\"a\nb\" /* \n */ c");
        assert_eq!(found.last().map(|token| token.line), Some(3));
    }

    #[test]
    fn test_items_are_taken_out() {
        let source = "use a::b;\n#[cfg(test)]\nmod tests {\n    use c::d;\n}\n#[cfg(test)] mod e;\n\
                      #[cfg(all(test, unix))]\nfn f(x: [u8; 3]) { g() }\n#[cfg(not(test))]\nuse h::i;";
        let (kept, parts) = without_tests(&tokens(source));
        let kept: Vec<_> = kept.iter().map(|token| token.kind).collect();
        for (word, expected) in [("b", true), ("d", false), ("e", false), ("g", false), ("i", true)]
        {
            assert_eq!(kept.contains(&Kind::Word(word)), expected, "{word}");
        }
        assert_eq!(
            parts,
            TestParts { lines: vec![(2, 5), (6, 6), (7, 8)], files: vec!["e".into()] }
        );
        assert!(parts.contains(4) && !parts.contains(1) && !parts.contains(10));
    }
}
