//! "Did you mean": which known name somebody may have had in mind.

use crate::error::Problem;

/// With "did you mean", where a known name is close.
pub(crate) fn suggest<'k>(
    problem: Problem,
    text: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Problem {
    match closest(text, known) {
        Some(close) => problem.help(format!("did you mean `{close}`?")),
        None => problem,
    }
}

/// The known name that `text` was meant to be: one that differs by one edit, the only one that it
/// begins, abbreviates or goes beyond, or one that differs by two edits and by less than half of it.
pub(crate) fn closest<'k>(text: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = text.to_lowercase();
    let length = lower.chars().count();
    let limit = match length {
        0..=1 => 0,
        2..=3 => 1,
        _ => 2,
    };
    let mut nearest: Option<(usize, &str)> = None;
    let mut related: Vec<&str> = Vec::new();
    for name in known {
        let plain = name.to_lowercase();
        // A name whose length differs by more cannot be close, and comparing long ones takes long.
        if plain.chars().count().abs_diff(length) <= limit {
            let distance = strsim::damerau_levenshtein(&lower, &plain);
            if distance <= limit && nearest.is_none_or(|(least, _)| distance < least) {
                nearest = Some((distance, name));
            }
        }
        if is_related(&lower, &plain) && !related.contains(&name) {
            related.push(name);
        }
    }
    match (nearest, related.as_slice()) {
        (Some((0 | 1, near)), _) => Some(near),
        (_, [only]) => Some(*only),
        (Some((_, near)), _) => Some(near),
        (None, _) => None,
    }
}

/// Whether one is the beginning of the other (`prod`, `production`), or `text` an abbreviation that
/// keeps the order of the letters (`prd`, `dbs`). Of fewer letters than three, everything would be one.
fn is_related(text: &str, name: &str) -> bool {
    const LEAST: usize = 3;
    if text.chars().count() < LEAST {
        return false;
    }
    if name.starts_with(text) || (name.chars().count() >= LEAST && text.starts_with(name)) {
        return true;
    }
    let mut letters = name.chars();
    text.chars().next() == name.chars().next() && text.chars().all(|c| letters.any(|l| l == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_are_found_and_far_ones_are_not() {
        let known = ["database", "port", "plugins"];
        assert_eq!(closest("databse", known), Some("database"));
        assert_eq!(closest("prot", known), Some("port"));
        assert_eq!(closest("PORT", known), Some("port"));
        assert_eq!(closest("x", known), None);
        assert_eq!(closest("weather", known), None);
    }

    #[test]
    fn a_beginning_and_an_abbreviation_are_found_where_they_are_of_one_name() {
        let profiles = ["development", "staging", "production"];
        assert_eq!(closest("prod", profiles), Some("production"));
        assert_eq!(closest("dev", profiles), Some("development"));
        assert_eq!(closest("Stg", profiles), Some("staging"));
        assert_eq!(closest("prd", profiles), Some("production"));
        assert_eq!(closest("production-eu", profiles), Some("production"));
        assert_eq!(closest("prod", ["port", "production"]), Some("production"));
        assert_eq!(closest("pr", profiles), None);
        assert_eq!(closest("pool", ["pool_size", "pool_timeout"]), None);
        // What is closer goes first, however many it begins.
        assert_eq!(closest("pool", ["pools", "pool_size"]), Some("pools"));
    }

    #[test]
    fn the_first_of_two_equally_close_names_is_taken() {
        assert_eq!(closest("cat", ["bat", "rat"]), Some("bat"));
    }
}
