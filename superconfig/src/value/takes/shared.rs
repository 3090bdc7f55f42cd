//! What a place of a JSON Schema takes, wherever it is referred to.

use std::fmt;
use std::sync::OnceLock;

use super::Takes;

/// Longer names say no more than that it is a value.
const NAME: usize = 60;

/// So do longer words of a message.
const WORDS: usize = 200;

/// What a place takes. It is there before it is known, so that a place can hold itself; and what is said
/// of it is said once, because there may be ways without number to what it holds.
#[derive(Default)]
pub(crate) struct Shared(OnceLock<Known>);

struct Known {
    takes: Takes,
    /// Whether `null` is taken as well.
    null: bool,
    name: String,
    words: String,
    is_text: bool,
    is_plain: bool,
}

impl Shared {
    /// Says what it takes, once.
    pub(crate) fn set(&self, takes: Takes, null: bool) {
        let short = |text: String, most, of_any: String| {
            if text.len() > most { of_any } else { text }
        };
        let name = short(takes.name(), NAME, Takes::Any.name());
        let words = short(takes.words(), WORDS, Takes::Any.words());
        let (is_text, is_plain) = (takes.is_text(), takes.is_plain());
        // Nobody else sets it.
        let _ = self.0.set(Known { takes, null, name, words, is_text, is_plain });
    }

    pub(crate) fn takes(&self) -> &Takes {
        self.0.get().map_or(&Takes::Any, |known| &known.takes)
    }

    pub(crate) fn null(&self) -> bool {
        self.0.get().is_some_and(|known| known.null)
    }

    pub(super) fn name(&self) -> &str {
        self.0.get().map_or("Value", |known| &known.name)
    }

    pub(super) fn words(&self) -> &str {
        self.0.get().map_or("a value", |known| &known.words)
    }

    pub(super) fn is_text(&self) -> bool {
        self.0.get().is_some_and(|known| known.is_text)
    }

    pub(super) fn is_plain(&self) -> bool {
        self.0.get().is_some_and(|known| known.is_plain)
    }
}

/// Without what it takes, which may hold it.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shared({})", self.name())
    }
}
