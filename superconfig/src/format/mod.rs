//! The formats of files: text into layers, and text into a tree with places.
//!
//! Each format has two ways. The **fast path** decodes while it parses and stops at the first
//! trouble without a word. The **tree** is the whole document with the place of every key and
//! value; it is made when the fast path stopped, or when somebody asks for warnings or origins.
//!
//! **Invariant:** the fast path may only say yes. What it accepts, the tree accepts with the same
//! result; what it refuses is decided, and explained, by way of the tree. So a construct that the
//! fast path does not know costs time and never correctness.

#[cfg(any(feature = "toml", feature = "json", feature = "yaml"))]
mod bytes;
#[cfg(any(feature = "json", feature = "yaml"))]
mod fast;
#[cfg(any(feature = "json", feature = "yaml"))]
mod fill;
#[cfg(feature = "json")]
mod json;
mod limits;
pub(crate) mod mask;
#[cfg(any(feature = "json", feature = "yaml"))]
mod tokens;
#[cfg(feature = "toml")]
mod toml;
#[cfg(feature = "yaml")]
mod yaml;

use std::path::Path;

pub use limits::Limits;

use crate::decode::{Document, Span, Tree};

/// A format that configuration can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// TOML 1.1.
    Toml,
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
    /// JSON with comments and trailing commas.
    Jsonc,
}

/// The fast path does not accept the document; the tree has the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bail;

/// Why a text is not a document of its format.
#[derive(Debug, Clone)]
pub struct SyntaxError {
    /// Which kind of trouble it is.
    pub kind: SyntaxKind,
    /// What is wrong, without the text itself.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
    /// The other place that matters: the first of two equal keys.
    pub other: Option<Span>,
    /// The bracket that is open there, where that is what matters.
    pub open: Option<Span>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Which kind of trouble a [`SyntaxError`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxKind {
    /// The text does not follow the grammar.
    Grammar,
    /// A key stands twice in one table.
    DuplicateKey,
    /// The nesting is deeper than the limit.
    TooDeep,
    /// There are more values than the limit, or aliases expand to more bytes.
    TooLarge,
}

impl SyntaxError {
    /// Trouble with the grammar.
    pub fn grammar(message: impl Into<String>, span: Option<Span>) -> Self {
        Self {
            kind: SyntaxKind::Grammar,
            message: message.into(),
            span,
            other: None,
            open: None,
            help: None,
        }
    }

    /// A key that stands twice.
    pub fn duplicate(key: &str, span: Option<Span>, first: Option<Span>) -> Self {
        let message = format!("the key {key:?} stands twice in one table");
        Self { kind: SyntaxKind::DuplicateKey, message, span, other: first, open: None, help: None }
    }

    /// More than a limit allows.
    pub fn limit(kind: SyntaxKind, message: impl Into<String>, span: Option<Span>) -> Self {
        Self { kind, message: message.into(), span, other: None, open: None, help: None }
    }

    /// More values than the limit.
    #[cfg(any(feature = "toml", feature = "json", feature = "yaml"))]
    pub(crate) fn too_many(limits: &Limits, span: Span) -> Self {
        let message = format!("more than {} values in one document", limits.nodes);
        Self::limit(SyntaxKind::TooLarge, message, Some(span)).raise("nodes")
    }

    /// A longer key than the limit.
    #[cfg(any(feature = "toml", feature = "json", feature = "yaml"))]
    pub(crate) fn long_key(limits: &Limits, span: Span) -> Self {
        let message = format!("a key of more than {} bytes", limits.key_bytes);
        Self::limit(SyntaxKind::TooLarge, message, Some(span)).raise("key_bytes")
    }

    /// With the limit that can be raised.
    #[cfg(any(feature = "toml", feature = "json", feature = "yaml"))]
    #[must_use]
    pub(crate) fn raise(self, limit: &str) -> Self {
        self.help(format!("{} if the text is meant to be so", crate::error::dialect::raise(limit)))
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Format {
    /// Every format, in the order in which a text without a name is tried.
    pub const ALL: [Self; 4] = [Self::Toml, Self::Json, Self::Yaml, Self::Jsonc];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
            Self::Json => "JSON",
            Self::Jsonc => "JSON with comments",
        }
    }

    /// The cargo feature that it needs.
    pub const fn feature(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Yaml => "yaml",
            Self::Json | Self::Jsonc => "json",
        }
    }

    /// Whether its feature is on.
    pub const fn is_enabled(self) -> bool {
        match self {
            Self::Toml => cfg!(feature = "toml"),
            Self::Yaml => cfg!(feature = "yaml"),
            Self::Json | Self::Jsonc => cfg!(feature = "json"),
        }
    }

    /// The format that a file's extension names, whether or not its feature is on.
    pub fn of_path(path: &Path) -> Option<Self> {
        match &*path.extension()?.to_str()?.to_ascii_lowercase() {
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "jsonc" | "json5" => Some(Self::Jsonc),
            _ => None,
        }
    }

    /// Decodes a text straight into the layers of `document`.
    ///
    /// # Errors
    ///
    /// Whatever is unusual; [`tree`](Self::tree) has the verdict then.
    pub fn decode(
        self,
        text: &str,
        limits: &Limits,
        document: &mut Document<'_>,
    ) -> Result<(), Bail> {
        let text = without_bom(text);
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => toml::decode(text, limits, document),
            #[cfg(feature = "json")]
            Self::Json => json::decode(text, limits, document),
            #[cfg(feature = "yaml")]
            Self::Yaml => yaml::decode(text, limits, document),
            #[allow(unreachable_patterns)] // with every format there is no other
            _ => {
                let _ = (text, limits, document);
                Err(Bail)
            }
        }
    }

    /// Reads a text into a tree with places, counted in bytes of the text *with* its byte order
    /// mark, if it has one.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the text, or beyond a limit.
    pub fn tree<'t>(self, text: &'t str, limits: &Limits) -> Result<Tree<'t>, SyntaxError> {
        if let Some(at) = text.bytes().position(|byte| byte == 0) {
            let span = Some(Span::new(at, at + 1));
            return Err(SyntaxError::grammar(
                "a NUL byte, which no configuration file holds",
                span,
            )
            .help("is this a binary file, or text in UTF-16?"));
        }
        let body = without_bom(text);
        if body.starts_with('\u{feff}') {
            let at = text.len() - body.len();
            let span = Some(Span::new(at, at + '\u{feff}'.len_utf8()));
            return Err(SyntaxError::grammar(
                "a second byte order mark, which cannot be seen",
                span,
            )
            .help("remove the first three bytes of the file"));
        }
        let _ = limits;
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => toml::tree(text, limits),
            #[cfg(feature = "json")]
            Self::Json => json::tree(text, limits, false),
            #[cfg(feature = "json")]
            Self::Jsonc => json::tree(text, limits, true),
            #[cfg(feature = "yaml")]
            Self::Yaml => yaml::tree(text, limits),
            #[allow(unreachable_patterns)] // with every format there is no other
            _ => Err(SyntaxError::grammar(
                format!("{} cannot be read: superconfig was built without it", self.name()),
                None,
            )
            .help(format!("turn on the feature `{}` of superconfig", self.feature()))),
        }
    }
}

/// A byte order mark says nothing in UTF-8.
pub(crate) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
