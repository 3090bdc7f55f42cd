//! The words of `#[config(...)]`, in one place: what exists, and where it may stand.

/// Words that stand on a struct or an enum.
pub(crate) const CONTAINER: &[&str] = &[
    "app",
    "crate",
    "deny_unknown",
    "env_prefix",
    "profiles",
    "rename_all",
    "rename_all_fields",
    "tag",
    "validate",
];

/// Words that stand on a field.
pub(crate) const FIELD: &[&str] = &[
    "alias",
    "default",
    "default_with",
    "deprecated",
    "deprecated_alias",
    "env",
    "flatten",
    "merge",
    "merge_by",
    "nested",
    "parse_env",
    "rename",
    "restart_required",
    "secret",
    "separator",
    "skip",
    "validate",
    "whole",
    "with",
];

/// Words that stand on a variant of an enum.
pub(crate) const VARIANT: &[&str] = &["alias", "rename", "skip"];

/// The values of `merge = ...`.
pub(crate) const MERGE: &[&str] = &["replace", "append", "prepend", "union", "deep"];

/// Words that people bring along from other libraries, and what says the same here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("required", "a field with neither `default` nor `Option` is required already; remove this"),
    ("optional", "write the type as `Option<...>`"),
    ("sensitive", "write `secret`"),
    ("redact", "write `secret`"),
    ("range", "write `validate = path` with a function that checks it"),
    ("min", "write `validate = path` with a function that checks it"),
    ("max", "write `validate = path` with a function that checks it"),
    ("name", "write `rename = \"...\"`"),
    ("prefix", "write `env_prefix = \"...\"` on the outermost struct"),
    ("profile", "write `profiles(\"development\", \"production\")`"),
    ("deny_unknown_fields", "write `deny_unknown`"),
    ("deserialize_with", "write `with = module`"),
    ("delimiter", "write `separator = \"...\"`"),
    ("description", "write a doc comment: it becomes the description"),
    ("doc", "write a doc comment: it becomes the description"),
    ("help", "write a doc comment: it becomes the description"),
    ("default_value", "write `default = ...`"),
    ("skip_deserializing", "write `skip`"),
    ("untagged", "write `tag = \"kind\"`: a tag tells which variant is meant"),
    ("content", "write `tag` alone: the fields of a variant stand beside its tag"),
];

/// Where an attribute stands; decides which words it may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On the struct or enum itself.
    Container,
    /// On a field.
    Field,
    /// On a variant.
    Variant,
}

impl Place {
    /// The words that may stand here.
    pub(crate) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Container => CONTAINER,
            Self::Field => FIELD,
            Self::Variant => VARIANT,
        }
    }

    /// What a person calls this place.
    const fn noun(self) -> &'static str {
        match self {
            Self::Container => "a struct or an enum",
            Self::Field => "a field",
            Self::Variant => "a variant",
        }
    }
}

/// The message for a word that does not exist here, with the cure that is most likely meant.
pub(crate) fn unknown(word: &str, place: Place) -> String {
    if let Some((_, cure)) = ELSEWHERE.iter().find(|(other, _)| *other == word) {
        return format!("unknown attribute `{word}`: {cure}");
    }
    for other in [Place::Container, Place::Field, Place::Variant] {
        if other != place && other.words().contains(&word) {
            let place = place.noun();
            return format!("`{word}` belongs on {}; here it stands on {place}", other.noun());
        }
    }
    if let Some(near) = nearest(word, place.words()) {
        return format!("unknown attribute `{word}`: did you mean `{near}`?");
    }
    format!("unknown attribute `{word}`: {} takes {}", place.noun(), list(place.words()))
}

/// The candidate that `word` is probably a misspelling of.
pub(crate) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    candidates
        .iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), *candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// `` `a`, `b` and `c` ``
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, list, unknown};

    #[test]
    fn unknown_words_come_with_a_cure() {
        for (word, place, message) in [
            ("defualt", Place::Field, "unknown attribute `defualt`: did you mean `default`?"),
            ("seperator", Place::Field, "unknown attribute `seperator`: did you mean `separator`?"),
            ("prefix", Place::Container, "`env_prefix = \"...\"` on the outermost struct"),
            ("env_prefix", Place::Field, "`env_prefix` belongs on a struct or an enum; here it"),
            ("secret", Place::Variant, "`secret` belongs on a field; here it stands on a variant"),
            ("zzz", Place::Variant, "takes `alias`, `rename` and `skip`"),
        ] {
            let said = unknown(word, place);
            assert!(said.contains(message), "{word}: {said}");
        }
    }

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "`a`");
        assert_eq!(list(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
