//! How a Rust name becomes a key, and how a key becomes a part of a variable's name.

/// The eight rules of `rename_all`, as in serde.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// How the rules are written.
pub(crate) const CASES: &[&str] = &[
    "lowercase",
    "UPPERCASE",
    "PascalCase",
    "camelCase",
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
    "SCREAMING-KEBAB-CASE",
];

impl Case {
    /// The rule with this name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    /// Applies the rule to a field's name, which is in snake case.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => pascal(name),
            Self::Camel => lower_first(&pascal(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// Applies the rule to a variant's name, which is in Pascal case.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => lower_first(name),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_ascii_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn pascal(snake: &str) -> String {
    let mut out = String::with_capacity(snake.len());
    let mut word_starts = true;
    for c in snake.chars() {
        if c == '_' {
            word_starts = true;
        } else if word_starts {
            out.push(c.to_ascii_uppercase());
            word_starts = false;
        } else {
            out.push(c);
        }
    }
    out
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        let mut out = String::from(first.to_ascii_lowercase());
        out.push_str(chars.as_str());
        out
    })
}

fn snake(pascal: &str) -> String {
    let mut out = String::with_capacity(pascal.len() + 4);
    for (index, c) in pascal.char_indices() {
        if index > 0 && c.is_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The part of a variable's name that stands for `key`: upper case, words split as in `poolMax` →
/// `POOL_MAX`, and `_` for whatever a variable's name cannot hold. The runtime, which this crate cannot ask, has
/// the same for the keys of a JSON Schema; `tests/tests/schema/same.rs` compares the two.
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
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{CASES, Case, env_part};

    #[test]
    fn the_eight_cases() {
        for (case, field, variant) in [
            ("lowercase", "max_pool_size", "maxpool"),
            ("UPPERCASE", "MAX_POOL_SIZE", "MAXPOOL"),
            ("PascalCase", "MaxPoolSize", "MaxPool"),
            ("camelCase", "maxPoolSize", "maxPool"),
            ("snake_case", "max_pool_size", "max_pool"),
            ("SCREAMING_SNAKE_CASE", "MAX_POOL_SIZE", "MAX_POOL"),
            ("kebab-case", "max-pool-size", "max-pool"),
            ("SCREAMING-KEBAB-CASE", "MAX-POOL-SIZE", "MAX-POOL"),
        ] {
            let rule = Case::parse(case).expect("one of the eight");
            assert!(CASES.contains(&case));
            assert_eq!(rule.field("max_pool_size"), field, "{case}");
            assert_eq!(rule.variant("MaxPool"), variant, "{case}");
        }
        assert_eq!(Case::parse("kebab"), None);
    }

    #[test]
    fn the_parts_of_names() {
        for (key, part) in [
            ("port", "PORT"),
            ("pool_max", "POOL_MAX"),
            ("poolMax", "POOL_MAX"),
            ("PoolMax", "POOL_MAX"),
            ("pool-max", "POOL_MAX"),
            ("POOL_MAX", "POOL_MAX"),
            ("HTTPPort", "HTTP_PORT"),
            ("http2Port", "HTTP2_PORT"),
            ("HTTP2PORT", "HTTP2PORT"),
            ("log.level", "LOG_LEVEL"),
            ("größe", "GR__E"),
            ("a", "A"),
        ] {
            assert_eq!(env_part(key), part, "{key}");
        }
    }
}
