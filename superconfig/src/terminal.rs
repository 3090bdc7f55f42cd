//! Whether standard error shows colours.
//!
//! This is the one place where rendering asks the process for anything; the decision itself is a
//! pure function of what the process says.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

/// Whether a report is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Color {
    /// Where standard error is a terminal that shows colours.
    ///
    /// | variable | effect |
    /// | --- | --- |
    /// | `NO_COLOR`, not empty | no colours, whatever else is said |
    /// | `CLICOLOR_FORCE`, neither empty nor `0` | colours, also where there is no terminal |
    /// | `TERM=dumb` | no colours |
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Whether there are to be colours, here and now.
    pub(crate) fn is_on(self) -> bool {
        match self {
            Self::Auto => is_wanted(io::stderr().is_terminal(), |name| std::env::var_os(name)),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// What [`Color::Auto`] comes to, where the variables are these.
fn is_wanted(is_terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let said = |name: &str| variable(name).filter(|value| !value.is_empty());
    if said("NO_COLOR").is_some() {
        return false;
    }
    if said("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    is_terminal && said("TERM").is_none_or(|value| value != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(is_terminal: bool, variables: &[(&str, &str)]) -> bool {
        is_wanted(is_terminal, |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn a_terminal_is_coloured_and_a_pipe_is_not() {
        assert!(wanted(true, &[]));
        assert!(!wanted(false, &[]));
        assert!(wanted(true, &[("TERM", "xterm")]));
        assert!(!wanted(true, &[("TERM", "dumb")]));
    }

    #[test]
    fn no_color_is_stronger_than_everything() {
        for value in ["1", "0", "no"] {
            assert!(!wanted(true, &[("NO_COLOR", value)]));
            assert!(!wanted(true, &[("NO_COLOR", value), ("CLICOLOR_FORCE", "1")]));
        }
        assert!(wanted(true, &[("NO_COLOR", "")]), "empty is unset");
    }

    #[test]
    fn colours_can_be_forced() {
        assert!(wanted(false, &[("CLICOLOR_FORCE", "1")]));
        assert!(wanted(true, &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")]));
        assert!(!wanted(false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!wanted(false, &[("CLICOLOR_FORCE", "")]));
    }

    #[test]
    fn what_is_said_outright_asks_nobody() {
        assert!(Color::Always.is_on());
        assert!(!Color::Never.is_on());
    }
}
