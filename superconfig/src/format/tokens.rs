//! A document as tokens, for the formats whose tables are nested in the text as they are in layers.

use std::borrow::Cow;

use super::Bail;
use crate::decode::Scalar;

/// What a value begins with.
pub(super) enum Token<'t> {
    /// A value without parts, the whole of it.
    Scalar(Scalar<'t>),
    /// A list; its items follow.
    List,
    /// A table; its keys follow, each with its value.
    Table,
    /// No value: the end of a list.
    End,
}

/// The tokens of a document, each when it is asked for. Whoever asks knows what stands around it.
pub(super) trait Tokens<'t> {
    /// The value that has to come next: that of a key, or the document.
    fn value(&mut self) -> Result<Token<'t>, Bail>;

    /// The next item of a list, or its end.
    fn item(&mut self) -> Result<Token<'t>, Bail>;

    /// The next key of a table; none at its end.
    fn key(&mut self) -> Result<Option<Cow<'t, str>>, Bail>;

    /// Reads the next key of a table if it is this one, as it mostly is: files tend to keep the order
    /// of the declaration. Otherwise [`key`](Self::key) has to be asked.
    fn next_is(&mut self, name: &str) -> Result<bool, Bail> {
        let _ = name;
        Ok(false)
    }

    /// Looks whether nothing follows the document.
    fn end(&mut self) -> Result<(), Bail>;
}

/// What a document says, token by token, for comparison.
#[cfg(test)]
pub(super) fn said(tokens: &mut dyn Tokens<'_>) -> Option<String> {
    use std::fmt::Write;

    /// As keys are asked for: first for those of fields, in turn, then for any.
    fn next_key<'t>(tokens: &mut dyn Tokens<'t>) -> Result<Option<Cow<'t, str>>, Bail> {
        for name in ["", "a", "b", "c", "a\"", "a b"] {
            if tokens.next_is(name)? {
                return Ok(Some(Cow::Borrowed(name)));
            }
        }
        tokens.key()
    }

    fn say<'t>(tokens: &mut dyn Tokens<'t>, token: Token<'t>, said: &mut String) -> Option<()> {
        match token {
            Token::Scalar(scalar) => write!(said, "{scalar:?} ").ok()?,
            Token::List => {
                said.push_str("[ ");
                loop {
                    match tokens.item().ok()? {
                        Token::End => break,
                        token => say(tokens, token, said)?,
                    }
                }
                said.push_str("] ");
            }
            Token::End => return None,
            Token::Table => {
                said.push_str("{ ");
                while let Some(key) = next_key(tokens).ok()? {
                    write!(said, "{key:?}: ").ok()?;
                    let token = tokens.value().ok()?;
                    say(tokens, token, said)?;
                }
                said.push_str("} ");
            }
        }
        Some(())
    }
    let mut text = String::new();
    let token = tokens.value().ok()?;
    say(tokens, token, &mut text)?;
    tokens.end().ok()?;
    Some(text)
}

/// Texts that are made of these parts by chance, the same ones each time.
#[cfg(test)]
pub(super) fn texts(parts: &[&str], count: u32) -> impl Iterator<Item = String> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    (0..count).map(move |_| (0..=random(12)).map(|_| parts[random(parts.len())]).collect())
}
