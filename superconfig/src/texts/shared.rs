//! A text that several hold.

use std::ops::Deref;
use std::sync::Arc;

/// A text that several hold. That of a file stays in the buffer that it was read into, for a copy of
/// it would be the largest thing that a loading makes.
#[derive(Debug, Clone)]
pub(crate) enum SharedText {
    /// As it was read.
    Read(Arc<String>),
    /// As the program gave it.
    Given(Arc<str>),
}

impl Deref for SharedText {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Read(text) => text,
            Self::Given(text) => text,
        }
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for SharedText {}

impl From<String> for SharedText {
    fn from(text: String) -> Self {
        Self::Read(Arc::new(text))
    }
}

impl From<Arc<str>> for SharedText {
    fn from(text: Arc<str>) -> Self {
        Self::Given(text)
    }
}
