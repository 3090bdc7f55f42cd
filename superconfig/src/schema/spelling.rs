//! How keys stand in the names of variables.

/// What a name says behind a prefix and its `_`.
pub(crate) fn below_prefix<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    name.strip_prefix(prefix)?.strip_prefix('_')
}

/// How a key of a map, or an enum's tag, stands in names.
pub(crate) fn part_of_key(key: &str) -> String {
    key.chars().map(in_names).collect()
}

/// How a character of a key stands in names.
pub(crate) fn in_names(c: char) -> char {
    if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }
}

/// Whether a text is how a key stands in names.
pub(super) fn is_part_of_key(text: &str, key: &str) -> bool {
    text.chars().eq(key.chars().map(in_names))
}

/// The part of a variable's name that stands for a key: upper case, words split as in `poolMax` →
/// `POOL_MAX`, and `_` for whatever a variable's name cannot hold. The derive, which cannot ask this
/// crate, writes it by an `env_part` of its own.
pub(crate) fn env_part(key: &str) -> String {
    let chars: Vec<char> = key.chars().collect();
    let mut out = String::with_capacity(key.len() + 4);
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(index + 1);
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || before.is_ascii_digit() && chars.iter().any(char::is_ascii_lowercase)
                    || before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase)
            });
        if starts_word {
            out.push('_');
        }
        out.push(in_names(c));
    }
    out
}
