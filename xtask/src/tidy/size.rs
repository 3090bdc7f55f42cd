//! Files stay short: a long one is usually two ideas.

use super::Finding;

/// From here on a file is listed.
const LONG: usize = 500;
/// From here on a file fails.
const TOO_LONG: usize = 700;

/// An error or a warning for a file that is too long or long.
pub(super) fn check(file: &str, source: &str) -> (Option<Finding>, Option<Finding>) {
    let lines = source.lines().count();
    let finding = |limit| {
        let message = format!("{lines} lines, more than {limit}; which two ideas are in it?");
        Some(Finding::new(file, 0, message))
    };
    match lines {
        lines if lines > TOO_LONG => (finding(TOO_LONG), None),
        lines if lines > LONG => (None, finding(LONG)),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_limits() {
        let file = |lines| "\n".repeat(lines);
        assert_eq!(check("a.rs", &file(LONG)), (None, None));
        assert!(matches!(check("a.rs", &file(LONG + 1)), (None, Some(_))));
        assert!(matches!(check("a.rs", &file(TOO_LONG + 1)), (Some(_), None)));
    }
}
