//! Which of the process's variables one loading asks for.
//!
//! The standard library copies all of them to look at any, and what is not wanted is let go at
//! once: of a hundred and fifty variables fifteen are settings, and a service may have thousands.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use super::{Surroundings, discovery};
use crate::schema::Schema;

/// What a loading asks the process's environment for.
pub(crate) struct Wanted<'w> {
    /// Whose absolute names are settings.
    pub(crate) schema: &'static Schema,
    /// What the names of settings begin with.
    pub(crate) prefix: Option<&'w str>,
    /// The variable that selects the profiles.
    pub(crate) profile: Option<&'w str>,
    /// Whether variables are settings at all.
    pub(crate) settings: bool,
    /// Whether somebody may ask for any of them: a source of the program's own.
    pub(crate) everything: bool,
}

impl Surroundings {
    /// Those of the process, with the variables that are wanted.
    pub(crate) fn of_process_with(wanted: &Wanted<'_>) -> Self {
        let one = |name: &str| std::env::var_os(name);
        Self::with_variables(Arc::new(wanted.variables(std::env::vars_os, one)))
    }
}

impl Wanted<'_> {
    /// What is wanted of `all` variables; `one` looks up a single one.
    fn variables<A: Iterator<Item = (OsString, OsString)>>(
        &self,
        all: impl FnOnce() -> A,
        one: impl Fn(&str) -> Option<OsString>,
    ) -> Vec<(OsString, OsString)> {
        if self.everything || (self.settings && self.prefix.is_none()) {
            return all().collect();
        }
        if !self.settings {
            // A few look-ups copy less than all variables are.
            let value = |name: &str| Some((OsString::from(name), one(name)?));
            return self.named().filter_map(value).collect();
        }
        let mut absolute = Vec::new();
        self.schema.each_field(&mut |_, field| absolute.extend(field.env_names));
        all().filter(|(name, _)| self.wants(name, &absolute)).collect()
    }

    /// The variables that are asked for by name and are no settings.
    fn named(&self) -> impl Iterator<Item = &str> {
        discovery::VARIABLES.into_iter().chain(self.profile)
    }

    /// Whether a variable may be a setting, or is asked for by name. What stands behind the name
    /// of a setting (`_ADD`, a key) is looked at later.
    fn wants(&self, name: &OsStr, absolute: &[&str]) -> bool {
        let name = name.as_encoded_bytes();
        let begins = |with: &str| name.starts_with(with.as_bytes());
        self.prefix.is_some_and(begins)
            || absolute.iter().any(|absolute| begins(absolute))
            || self.named().any(|named| name == named.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::setting::tests::OUTER;

    fn wanted(settings: bool) -> Wanted<'static> {
        Wanted {
            schema: &OUTER,
            prefix: Some("ORDERS"),
            profile: Some("STAGE"),
            settings,
            everything: false,
        }
    }

    #[test]
    fn settings_and_what_is_asked_for_by_name_are_wanted() {
        let wants = |name: &str| wanted(true).wants(OsStr::new(name), &["PORT"]);
        for name in ["ORDERS_PORT", "ORDERS__A", "PORT", "PORT_FILE", "HOME", "STAGE"] {
            assert!(wants(name), "{name}");
        }
        for name in ["PATH", "ORDER_PORT", "HOMES", "STAGE_TWO", "orders_port", ""] {
            assert!(!wants(name), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_under_the_prefix_that_is_not_utf_8_is_wanted_for_its_error() {
        use std::os::unix::ffi::OsStrExt;
        assert!(wanted(true).wants(OsStr::from_bytes(b"ORDERS_\xff"), &[]));
    }

    #[test]
    fn nothing_else_is_kept_unless_somebody_may_ask_for_it() {
        let process = ["PATH", "ORDERS_A", "HOME", "STAGE"].map(OsString::from);
        let kept = |wanted: Wanted<'_>| -> Vec<String> {
            let all = || process.iter().map(|name| (name.clone(), OsString::new()));
            let one = |name: &str| process.iter().any(|known| known == name).then(OsString::new);
            let name = |(name, _): (OsString, OsString)| name.to_string_lossy().into_owned();
            wanted.variables(all, one).into_iter().map(name).collect()
        };
        assert_eq!(kept(wanted(true)), ["ORDERS_A", "HOME", "STAGE"]);
        assert_eq!(kept(wanted(false)), ["HOME", "STAGE"]);
        assert_eq!(kept(Wanted { everything: true, ..wanted(false) }).len(), 4);
        assert_eq!(kept(Wanted { prefix: None, ..wanted(true) }).len(), 4, "any may be a setting");
        assert_eq!(kept(Wanted { prefix: None, ..wanted(false) }), ["HOME", "STAGE"]);
    }
}
