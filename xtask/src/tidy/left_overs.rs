//! What somebody meant to come back to.

use super::Finding;
use crate::rust_text::{Kind, tokens};

/// Macros that stand for work not done.
const UNFINISHED: [&str; 3] = ["todo", "unimplemented", "dbg"];

/// Finds unfinished code and tests that are switched off, but not where they are only spoken about.
pub(super) fn check(file: &str, source: &str) -> Vec<Finding> {
    // What the compiler says about these is the point of them.
    if file.starts_with("ui-tests/fail/") || file.starts_with("ui-tests/pass/") {
        return Vec::new();
    }
    let tokens = tokens(source);
    let mut findings = Vec::new();
    for next in tokens.windows(3) {
        let message = match [next[0].kind, next[1].kind, next[2].kind] {
            [Kind::Word(name), Kind::Sign('!'), Kind::Sign('(' | '[' | '{')]
                if UNFINISHED.contains(&name) =>
            {
                format!("`{name}!` is left over")
            }
            [Kind::Sign('#'), Kind::Sign('['), Kind::Word("ignore")] => {
                "a test is switched off; mend it or remove it".to_owned()
            }
            _ => continue,
        };
        findings.push(Finding::new(file, next[0].line, message));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_found_and_talk_is_not() {
        let source =
            "// todo!()\nfn f() {\n    todo!()\n}\n#[ignore = \"slow\"]\nfn g() { \"dbg!(x)\" }";
        let lines: Vec<_> = check("a.rs", source).into_iter().map(|found| found.line).collect();
        assert_eq!(lines, [3, 5]);
        assert!(check("ui-tests/fail/a.rs", source).is_empty());
    }
}
