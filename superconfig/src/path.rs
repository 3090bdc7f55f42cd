//! Where a setting stands in a configuration: `database.pool.max`, `servers[0].host`.

use std::borrow::Cow;
use std::fmt;

/// One step of a [`KeyPath`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Segment {
    /// A key of a table.
    Key(Cow<'static, str>),
    /// A position in a list, counted from zero.
    Index(usize),
}

impl From<&'static str> for Segment {
    fn from(key: &'static str) -> Self {
        Self::Key(Cow::Borrowed(key))
    }
}

impl From<String> for Segment {
    fn from(key: String) -> Self {
        Self::Key(Cow::Owned(key))
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// The place of a setting, from the root of the configuration downwards.
///
/// Keys are joined by dots and positions stand in brackets. A key that holds a dot, a bracket, a
/// quote or white space is shown in double quotes, as in TOML.
///
/// ```
/// use superconfig::KeyPath;
///
/// let path = KeyPath::parse(r#"logging.targets."orders::billing v2"[0]"#);
/// assert_eq!(path.len(), 4);
/// assert_eq!(path.to_string(), r#"logging.targets."orders::billing v2"[0]"#);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyPath(Vec<Segment>);

impl KeyPath {
    /// The root of the configuration.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// Reads a path as it is written: `a.b`, `a."b.c"`, `servers[0].host`.
    ///
    /// There is no wrong spelling: what is not a bracketed number or a quoted key is a key.
    pub fn parse(text: &str) -> Self {
        let mut segments = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            rest = Self::take_segment(rest, &mut segments);
        }
        Self(segments)
    }

    fn take_segment<'t>(text: &'t str, segments: &mut Vec<Segment>) -> &'t str {
        if let Some(quoted) = text.strip_prefix('"')
            && let Some((key, rest)) = unquote(quoted)
        {
            segments.push(Segment::Key(Cow::Owned(key)));
            return rest.strip_prefix('.').unwrap_or(rest);
        }
        if let Some(bracket) = text.strip_prefix('[')
            && let Some(end) = bracket.find(']')
            && let Ok(index) = bracket[..end].parse()
        {
            segments.push(Segment::Index(index));
            let rest = &bracket[end + 1..];
            return rest.strip_prefix('.').unwrap_or(rest);
        }
        // A bracket ends a key only where a position follows it.
        let dot = text.find('.').unwrap_or(text.len());
        let bracket = text
            .match_indices('[')
            .map(|(at, _)| at)
            .find(|at| {
                text[at + 1..].split_once(']').is_some_and(|(n, _)| n.parse::<usize>().is_ok())
            })
            .filter(|at| *at > 0)
            .unwrap_or(text.len());
        let end = dot.min(bracket);
        segments.push(Segment::Key(Cow::Owned(text[..end].to_owned())));
        let rest = &text[end..];
        rest.strip_prefix('.').unwrap_or(rest)
    }

    /// The steps from the root.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// How many steps there are; the root has none.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether this is the root.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Goes one step down.
    pub fn push(&mut self, segment: impl Into<Segment>) {
        self.0.push(segment.into());
    }

    /// Goes one step up.
    pub fn pop(&mut self) -> Option<Segment> {
        self.0.pop()
    }

    /// This path with one step more.
    #[must_use]
    pub fn join(&self, segment: impl Into<Segment>) -> Self {
        let mut path = self.clone();
        path.push(segment);
        path
    }

    /// Goes down several steps.
    pub fn extend(&mut self, segments: impl IntoIterator<Item = Segment>) {
        self.0.extend(segments);
    }

    /// Goes up until `len` steps are left.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// The path without its last step; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, init) = self.0.split_last()?;
        Some(Self(init.to_vec()))
    }
}

impl FromIterator<Segment> for KeyPath {
    fn from_iter<I: IntoIterator<Item = Segment>>(segments: I) -> Self {
        Self(segments.into_iter().collect())
    }
}

impl From<&str> for KeyPath {
    fn from(text: &str) -> Self {
        Self::parse(text)
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => {
                    if at > 0 {
                        f.write_str(".")?;
                    }
                    if is_bare(key) { f.write_str(key)? } else { quote(f, key)? }
                }
            }
        }
        Ok(())
    }
}

fn is_bare(key: &str) -> bool {
    !key.is_empty()
        && !key.chars().any(|c| {
            matches!(c, '.' | '[' | ']' | '"' | '\\') || c.is_whitespace() || c.is_control()
        })
}

/// Control characters are escaped, so that a hostile key cannot write to a terminal.
fn quote(f: &mut fmt::Formatter<'_>, key: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in key.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "{}", c.escape_default())?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

/// The text up to the closing quote, without escapes, and what follows it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((key, &text[at + 1..])),
            '\\' => key.push(chars.next()?.1),
            c => key.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_what_is_read() {
        for text in ["", "a", "a.b.c", "servers[0].host", "a[0][1]", r#""a.b".c"#, r#"x."q\"""#] {
            assert_eq!(KeyPath::parse(text).to_string(), text);
        }
        assert_eq!(KeyPath::parse("a[b]").segments(), [Segment::from("a[b]")]);
    }

    #[test]
    fn control_characters_are_not_shown_raw() {
        let path: KeyPath = [Segment::from("a\u{1b}[31m".to_owned())].into_iter().collect();
        assert_eq!(path.to_string(), "\"a\\u{1b}[31m\"");
    }
}
