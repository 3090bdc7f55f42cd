//! Text from memory.

use std::sync::Arc;

use super::{Loading, Piece, Source, Text};
use crate::format::Format;
use crate::texts::SharedText;

/// A text that the program has at hand.
///
/// ```
/// use superconfig::source::Memory;
///
/// let remote = Memory::guessed("port: 80").named("the settings of the cluster");
/// ```
#[derive(Debug, Clone)]
pub struct Memory {
    name: Arc<str>,
    format: Option<Format>,
    text: Arc<str>,
}

impl Memory {
    /// A text of a format.
    pub fn new(format: Format, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: format!("{} text", format.name()).into(),
            format: Some(format),
            text: text.into(),
        }
    }

    /// A text whose format its content says.
    pub fn guessed(text: impl Into<Arc<str>>) -> Self {
        Self { name: "text".into(), format: None, text: text.into() }
    }

    /// With a name for messages.
    #[must_use]
    pub fn named(mut self, name: impl Into<Arc<str>>) -> Self {
        self.name = name.into();
        self
    }
}

impl Source for Memory {
    fn name(&self) -> String {
        self.name.as_ref().to_owned()
    }

    fn load(&self, loading: &mut Loading<'_>) {
        loading.pieces.push(Piece::Document(Text {
            name: self.name.clone(),
            format: self.format,
            text: SharedText::Given(self.text.clone()),
            profile: None,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::World;
    use super::*;

    #[test]
    fn a_text_keeps_its_name_and_format() {
        let world = World::new().load(&Memory::new(Format::Json, "{}").named("the test's text"));
        let text = world.documents().next().expect("one");
        assert_eq!(
            (&*text.name, text.format, &*text.text),
            ("the test's text", Some(Format::Json), "{}")
        );
        let world = World::new().load(&Memory::guessed("a: 1"));
        assert_eq!(world.documents().next().and_then(|text| text.format), None);
    }
}
