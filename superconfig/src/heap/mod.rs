//! How much memory a configuration points to, for those who watch what a process takes.
//!
//! Nothing is counted while a configuration is loaded or read: [`RegistryStats`](crate::RegistryStats) asks
//! for it when it is asked itself.

mod known;
pub(crate) mod probe;

/// The memory that a value points to, in bytes: an estimate, which leaves out what an allocator adds.
///
/// `#[derive(SuperConfig)]` writes it, so that
/// [`RegistryStats::memory_usage_bytes`](crate::RegistryStats::memory_usage_bytes) counts texts, lists and maps
/// wherever they stand in a configuration. The size of the value itself is not part of it.
///
/// | type | points to |
/// | --- | --- |
/// | numbers, `bool`, `char`, addresses, `Duration` | nothing |
/// | `String`, `PathBuf`, `OsString`, `SecretString`, `Vec` and the like | its capacity, and what its items point to |
/// | maps and sets | their tables or nodes, and what keys and values point to |
/// | `Box`, `Arc`, `Rc` | a value; a shared one is counted by each that shares it |
/// | `Option`, tuples, arrays | what is in them |
/// | `Value`, and every type that derives `SuperConfig` | what is in it |
/// | any other type | nothing, until it implements this; a `Vec` or map of them, its own room |
///
/// No field's type has to implement it. One that owns much memory may:
///
/// ```
/// use superconfig::{ConfigRegistry, Format, HeapSize, SuperConfig};
///
/// #[derive(serde::Deserialize)]
/// #[serde(transparent)]
/// struct Script(String);
///
/// impl HeapSize for Script {
///     fn heap_size(&self) -> usize {
///         self.0.heap_size()
///     }
/// }
///
/// #[derive(SuperConfig)]
/// struct Settings {
///     script: Script,
/// }
///
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// let registry = ConfigRegistry::new();
/// let text = format!("script = '{}'", "x".repeat(100_000));
/// let _settings =
///     SuperConfig::<Settings>::new().with_text(Format::Toml, text).build_in(&registry)?;
/// assert!(registry.stats().memory_usage_bytes > 100_000);
/// # Ok(())
/// # }
/// ```
pub trait HeapSize {
    /// The memory that the value points to, in bytes.
    fn heap_size(&self) -> usize {
        0
    }
}

/// The memory that some items point to.
fn inside<'i, T: HeapSize + 'i>(items: impl IntoIterator<Item = &'i T>) -> usize {
    sum(items.into_iter().map(T::heap_size))
}

/// The parts together: what somebody's estimate says must not panic.
pub(crate) fn sum(parts: impl IntoIterator<Item = usize>) -> usize {
    parts.into_iter().fold(0, usize::saturating_add)
}

#[cfg(test)]
mod tests;
