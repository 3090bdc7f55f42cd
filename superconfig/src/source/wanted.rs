//! Which of the process's variables one loading asks for.
//!
//! The standard library copies all of them to look at any, and what is not wanted is let go at
//! once: of a hundred and fifty variables fifteen are settings, and a service may have thousands.
//! Where the names of all settings can be listed and are few, looking each up costs less.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use super::{Surroundings, discovery};
use crate::schema::Schema;

/// What a loading asks the process's environment for.
#[allow(clippy::struct_excessive_bools)] // each is a question of its own
pub(crate) struct Wanted<'w> {
    /// Whose names are settings.
    pub(crate) schema: &'static Schema,
    /// How many names these are, where they can be listed.
    pub(crate) names: Option<usize>,
    /// Whether any setting has a name of its own besides the derived one.
    pub(crate) absolute_names: bool,
    /// What the names of settings begin with, without the `_` behind it.
    pub(crate) prefix: Option<&'w str>,
    /// The variable that selects the profiles.
    pub(crate) profile: Option<&'w str>,
    /// Whether variables are settings at all.
    pub(crate) settings: bool,
    /// Whether a search asks for the places of this user.
    pub(crate) search: bool,
    /// Whether somebody may ask for any of them: a source of the program's own.
    pub(crate) everything: bool,
}

/// Variables by their names.
pub(crate) type Variables = Vec<(OsString, OsString)>;

/// Gives the variables that are wanted, where the process is not to be asked.
pub(crate) type Told = dyn Fn(&dyn Fn(&OsStr) -> bool) -> Option<Arc<Variables>> + Send + Sync;

impl Surroundings {
    /// The variables of the process that are wanted, as the program tells them or as they are.
    pub(crate) fn variables_of_process(wanted: &Wanted<'_>, told: Option<&Told>) -> Arc<Variables> {
        if let Some(all) = told.and_then(|told| wanted.told(told)) {
            return all;
        }
        let one = |name: &str| std::env::var_os(name);
        Arc::new(wanted.variables(std::env::vars_os, one))
    }

    /// The value of a variable that is a setting, where [settings are looked up](Wanted::is_listed).
    pub(crate) fn look_up(&self, name: &str) -> Option<Cow<'_, OsStr>> {
        if self.asks_process {
            std::env::var_os(name).map(Cow::Owned)
        } else {
            self.variable(name).map(|value| Cow::Borrowed(&**value))
        }
    }
}

/// So many names are looked up at most. A look-up passes all variables by and copies one, while going
/// through all copies each (450 instructions and 10 for each variable, to 1,000 for each variable): with
/// thirty variables in the process this many look-ups cost the same, and with more of them less.
const LOOKED_UP: usize = 40;

impl Wanted<'_> {
    /// What is wanted of `all` variables; `one` looks up a single one.
    fn variables<A: Iterator<Item = (OsString, OsString)>>(
        &self,
        all: impl FnOnce() -> A,
        one: impl Fn(&str) -> Option<OsString>,
    ) -> Variables {
        if self.wants_all() {
            return all().collect();
        }
        if !self.settings {
            // A few look-ups copy less than all variables are.
            let value = |name: &str| Some((OsString::from(name), one(name)?));
            return self.named().filter_map(value).collect();
        }
        let absolute = self.absolute();
        all().filter(|(name, _)| self.wants(name, &absolute)).collect()
    }

    /// What is wanted, as the program tells it; `None` where the process is to be asked.
    fn told(&self, told: &Told) -> Option<Arc<Variables>> {
        if self.wants_all() {
            return told(&|_| true);
        }
        if !self.settings {
            if self.named().next().is_none() {
                return Some(Arc::default());
            }
            return told(&|name| self.named().any(|named| name == named));
        }
        let absolute = self.absolute();
        told(&|name| self.wants(name, &absolute))
    }

    /// Whether any variable may be a setting, or somebody may ask for any.
    pub(crate) fn wants_all(&self) -> bool {
        self.everything || (self.settings && self.prefix.is_none())
    }

    /// The names that settings have besides the derived ones.
    fn absolute(&self) -> Vec<&'static str> {
        let mut absolute = Vec::new();
        if self.absolute_names {
            self.schema.each_field(&mut |_, field| absolute.extend(field.env_names));
        }
        absolute
    }

    /// Whether all that is wanted can be listed, and is so little that looking it up costs less than
    /// going through all variables.
    pub(crate) fn is_listed(&self) -> bool {
        // Windows finds a variable whatever the case of its name, and going through all does not.
        let asks = self.settings && self.prefix.is_some() && !self.everything && !cfg!(windows);
        asks && self.names.is_some_and(|count| count <= LOOKED_UP)
    }

    /// The variables that are asked for by name and are no settings.
    fn named(&self) -> impl Iterator<Item = &str> {
        let search = if self.search { &discovery::VARIABLES[..] } else { &[] };
        search.iter().copied().chain(self.profile)
    }

    /// Whether a variable may be a setting, or is asked for by name. What stands behind the name
    /// of a setting (`_ADD`, a key) is looked at later.
    fn wants(&self, name: &OsStr, absolute: &[&str]) -> bool {
        let name = name.as_encoded_bytes();
        let is_derived = |prefix: &str| {
            name.get(prefix.len()) == Some(&b'_') && name.starts_with(prefix.as_bytes())
        };
        self.prefix.is_some_and(is_derived)
            || absolute.iter().any(|absolute| name.starts_with(absolute.as_bytes()))
            || self.named().any(|named| name == named.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Body, Field, Kind};
    use crate::source::setting::tests::OUTER;

    fn wanted(settings: bool) -> Wanted<'static> {
        Wanted {
            schema: &OUTER,
            names: OUTER.name_count(),
            absolute_names: OUTER.has_absolute_names(),
            prefix: Some("ORDERS"),
            profile: Some("STAGE"),
            settings,
            search: true,
            everything: false,
        }
    }

    #[test]
    fn settings_and_what_is_asked_for_by_name_are_wanted() {
        let wants = |name: &str| wanted(true).wants(OsStr::new(name), &["PORT"]);
        for name in ["ORDERS_PORT", "ORDERS__A", "PORT", "PORT_FILE", "HOME", "STAGE"] {
            assert!(wants(name), "{name}");
        }
        for name in
            ["PATH", "ORDER_PORT", "HOMES", "STAGE_TWO", "orders_port", "ORDERSX", "ORDERS", ""]
        {
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
    fn names_are_looked_up_where_they_can_be_listed() {
        static FEW: Schema =
            Schema::new("Few", Body::Record(&[Field::new("port", "PORT", Kind::Leaf)]));
        let few = || Wanted { schema: &FEW, names: FEW.name_count(), ..wanted(true) };
        assert_eq!(few().is_listed(), !cfg!(windows));
        assert!(!wanted(true).is_listed(), "it has a map");
        assert!(!Wanted { settings: false, ..few() }.is_listed(), "nothing is a setting");
        assert!(!Wanted { prefix: None, ..few() }.is_listed(), "any may be a setting");
        assert!(!Wanted { everything: true, ..few() }.is_listed(), "somebody may ask");
    }

    #[test]
    fn nothing_else_is_kept_unless_somebody_may_ask_for_it() {
        let process = ["PATH", "ORDERS_A", "HOME", "STAGE"].map(OsString::from);
        let kept = |wanted: Wanted<'_>| -> Vec<String> {
            let given = process.clone().map(|name| (name, OsString::new()));
            let all = || given.clone().into_iter();
            let one = |name: &str| process.iter().any(|known| known == name).then(OsString::new);
            let name = |(name, _): (OsString, OsString)| name.to_string_lossy().into_owned();
            let found = wanted.variables(all, one);
            let told = move |wants: &dyn Fn(&OsStr) -> bool| {
                let given = given.iter().filter(|(name, _)| wants(name));
                Some(Arc::new(given.cloned().collect()))
            };
            assert_eq!(wanted.told(&told), Some(Arc::new(found.clone())), "whoever tells it");
            found.into_iter().map(name).collect()
        };
        assert_eq!(kept(wanted(true)), ["ORDERS_A", "HOME", "STAGE"]);
        assert_eq!(kept(wanted(false)), ["HOME", "STAGE"]);
        assert_eq!(kept(Wanted { everything: true, ..wanted(false) }).len(), 4);
        assert_eq!(kept(Wanted { prefix: None, ..wanted(true) }).len(), 4, "any may be a setting");
        assert_eq!(kept(Wanted { prefix: None, ..wanted(false) }), ["HOME", "STAGE"]);
        assert_eq!(kept(Wanted { search: false, ..wanted(true) }), ["ORDERS_A", "STAGE"]);
    }
}
