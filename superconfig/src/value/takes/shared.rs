//! What a definition takes, wherever it is referred to.

use std::fmt;
use std::sync::OnceLock;

use super::Takes;

/// Longer names say no more than that it is a value.
const NAME: usize = 60;

/// What a definition takes. It is there before it is known, so that a definition can hold itself.
#[derive(Default)]
pub(crate) struct Shared(OnceLock<Known>);

struct Known {
    takes: Takes,
    /// Whether `null` is taken as well.
    null: bool,
    name: String,
}

impl Shared {
    /// Says what it takes, once.
    pub(crate) fn set(&self, takes: Takes, null: bool) {
        let name = takes.name();
        let name = if name.len() > NAME { Takes::Any.name() } else { name };
        // Nobody else sets it.
        let _ = self.0.set(Known { takes, null, name });
    }

    pub(crate) fn takes(&self) -> &Takes {
        self.0.get().map_or(&Takes::Any, |known| &known.takes)
    }

    pub(crate) fn null(&self) -> bool {
        self.0.get().is_some_and(|known| known.null)
    }

    pub(crate) fn name(&self) -> &str {
        self.0.get().map_or("Value", |known| &known.name)
    }
}

/// Without what it takes, which may hold it.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shared({})", self.name())
    }
}
