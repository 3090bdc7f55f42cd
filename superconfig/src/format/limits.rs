//! How much of anything a source may hold.

/// How much of anything a source may hold, so that a hostile or broken one costs little time and
/// memory. Each limit is named in the error that it causes.
///
/// ```
/// let mut limits = superconfig::Limits::default();
/// limits.file_bytes = 1 << 20;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes in one file; 16 MiB.
    pub file_bytes: u64,
    /// Levels of nesting; 128.
    pub depth: usize,
    /// Values in one document; 1,000,000.
    pub nodes: usize,
    /// Bytes that the aliases of one YAML document expand to; 64 MiB.
    pub expanded_bytes: usize,
    /// Bytes in one key; 1 KiB.
    pub key_bytes: usize,
    /// Files that one glob finds; 1,000.
    pub glob_files: usize,
    /// Variables under the prefix; 10,000.
    pub variables: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 16 << 20,
            depth: 128,
            nodes: 1_000_000,
            expanded_bytes: 64 << 20,
            key_bytes: 1 << 10,
            glob_files: 1_000,
            variables: 10_000,
        }
    }
}
