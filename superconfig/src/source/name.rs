//! Names from outside that become parts of paths: of applications and profiles.

use crate::error::{Code, Problem};

/// Bytes in a name.
const LONGEST: usize = 64;

/// What some systems take for devices, whatever the extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Refuses a name that could lead a path astray: anything but letters, digits, `_` and `-`, more
/// than 64 of them, or a device of Windows. `what` is what it names: `the profile`.
pub(crate) fn check(what: &str, name: &str) -> Result<(), Problem> {
    let wrong = |message: String| {
        Err(Problem::new(Code::BadName, message)
            .help(format!("a name is made of 1 to {LONGEST} of A-Z, a-z, 0-9, `_` and `-`")))
    };
    if name.is_empty() {
        return wrong(format!("{what} has an empty name"));
    }
    if name.len() > LONGEST {
        return wrong(format!("the name of {what} has {} bytes", name.len()));
    }
    if let Some(c) = name.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-')) {
        return wrong(format!("{what} {name:?} has a {c:?} in its name"));
    }
    if is_device(&name.to_ascii_lowercase()) {
        return wrong(format!("{what} {name:?} has the name of a device"));
    }
    Ok(())
}

fn is_device(name: &str) -> bool {
    let numbered = |prefix| {
        name.strip_prefix(prefix)
            .is_some_and(|n: &str| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    DEVICES.contains(&name) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_lead_astray_are_refused() {
        let long = "x".repeat(300);
        for name in ["", "../x", "a/b", ".", "..", "a\0", "CON", "com1", "é", "a b", "a\\b", &long]
        {
            let problem = check("the profile", name).expect_err(name);
            assert_eq!(problem.code, Code::BadName, "{name:?}");
            assert!(problem.message.len() < 100, "{problem:?}");
        }
        for name in ["orders", "eu-west_1", "A", "company", &"x".repeat(64)] {
            assert!(check("the profile", name).is_ok(), "{name}");
        }
    }

    #[test]
    fn the_message_names_the_character() {
        let problem = check("the profile", "../x").expect_err("a path");
        assert_eq!(problem.message, r#"the profile "../x" has a '.' in its name"#);
    }
}
