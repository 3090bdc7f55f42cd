//! The place of what a program finds wrong with a setting after it was loaded.

use std::sync::Arc;

use super::{Kept, Provenance, Trace};
use crate::error::Problem;
use crate::load::{Plan, with_line};
use crate::path::KeyPath;
use crate::source::Surroundings;

impl Provenance {
    /// A problem that the program itself found with a setting, with the place of its value and, where
    /// no secret is in it, with the line: so that what a validation of one's own says looks like what
    /// the loading says.
    ///
    /// The message is withheld where the setting is one that `with_secret` names.
    ///
    /// Where the path leads further than the values do, the place is that of the last value on the
    /// way. A setting that nothing sets has none.
    ///
    /// ```
    /// use superconfig::{Code, ConfigError, Format, KeyPath, Problem, SuperConfig, Value};
    ///
    /// # fn main() -> Result<(), ConfigError> {
    /// let settings = SuperConfig::<Value>::new()
    ///     .with_named_text("app.toml", Format::Toml, "port = 80")
    ///     .build()?;
    /// let problem = Problem::new(Code::Invalid, "below 1024").at(KeyPath::parse("port"));
    /// let error = ConfigError::of(settings.provenance().locate(problem), []);
    /// assert_eq!(error.to_string(), "app.toml:1:8: error[SC0106]: `port`: below 1024");
    /// assert!(error.render().contains("1 | port = 80"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn locate(&self, mut problem: Problem) -> Problem {
        let Some(mut path) = problem.path.clone() else { return problem };
        if self.is_secret(&path) {
            problem.message =
                "refused by the program (the message is withheld: it may repeat the secret)".into();
        }
        let effective = Trace::of(&self.0).effective();
        let origin = loop {
            match effective.get(path.clone()).and_then(|value| value.origin()) {
                Some(origin) => break origin.clone(),
                None if path.pop().is_none() => return problem,
                None => {}
            }
        };
        with_line(&self.0.plan(), &self.0.retained, problem.from(origin))
    }

    /// Whether [`with_secret`](crate::SuperConfig::with_secret) says that what stands at a path is a
    /// secret, by itself or as a part of one. What a struct declares as secrets is not asked.
    pub fn is_secret(&self, path: &KeyPath) -> bool {
        self.0.secrets.contain(path)
    }

    /// Whether [`with_secret`](crate::SuperConfig::with_secret) was said at all.
    pub fn has_secrets(&self) -> bool {
        !self.0.secrets.is_empty()
    }
}

impl Kept {
    /// The plan of the loading, as far as it says how to read again what was kept of it.
    fn plan(&self) -> Plan {
        Plan {
            schema: self.schema,
            profiles: self.profiles.clone(),
            profiles_from: None,
            profile_variable: None,
            limits: self.limits.clone(),
            surroundings: Surroundings::with_variables(Arc::default()),
            prefix: self.prefix.clone(),
            variables: self.variables,
            strict: false,
            ignore_empty: false,
            strict_permissions: None,
            secrets: self.secrets.clone(),
            show_source: false,
            absolute_names: self.schema.has_absolute_names(),
            value_alone: false,
            metered: false,
            by_tree: false,
            texts: None,
        }
    }
}
