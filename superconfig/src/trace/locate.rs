//! The place of what a program finds wrong with a setting after it was loaded.

use std::sync::Arc;

use super::redact::SecretTexts;
use super::value::{Effective, EffectiveValue};
use super::{Kept, Provenance, Trace};
use crate::error::Problem;
use crate::load::{Plan, advice, header, with_line};
use crate::origin::Origin;
use crate::path::{KeyPath, Segment};
use crate::schema::at::is_secret;
use crate::source::Surroundings;

impl Provenance {
    /// A problem that the program itself found with a setting, with the place of its value and, where
    /// no secret is in it, with the line: so that what a validation of one's own says looks like what
    /// the loading says.
    ///
    /// The message is withheld where the setting is a secret. In any other, the texts of all secrets are
    /// redacted: what is said of several settings together may repeat each of them.
    ///
    /// A table has the place of its heading, or that of its first setting. Where the path leads further
    /// than the values do, the place is that of the last value or table on the way, and where a key is
    /// missing there is advice how to set it.
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
        let kept = &*self.0;
        let effective = Trace::of(kept).effective();
        let path = problem.path.clone().unwrap_or_default();
        if self.is_secret(&path) {
            problem.message =
                "refused by the program (the message is withheld: it may repeat the secret)".into();
            problem.help.clear();
        } else if self.has_secrets() {
            SecretTexts::of(&effective).redact(&mut problem);
        }
        if could_be_set(&effective, &path) {
            problem = problem.help(advice(&kept.plan(), &kept.retained, &path));
        }
        match kept.place(&effective, &path) {
            Some(origin) => with_line(&kept.plan(), &kept.retained, problem.from(origin)),
            None => problem,
        }
    }

    /// Whether what stands at a path is a secret, by itself or as a part of one: because of
    /// [`with_secret`](crate::SuperConfig::with_secret), or as it is declared.
    pub fn is_secret(&self, path: &KeyPath) -> bool {
        self.0.secrets.contain(path) || is_secret(self.0.schema, path)
    }

    /// Whether any setting may be a secret.
    pub fn has_secrets(&self) -> bool {
        self.0.has_secrets()
    }
}

/// What stands at a path; what is declared and not given does not.
fn given(effective: &EffectiveValue, path: KeyPath) -> Option<&EffectiveValue> {
    let is_given =
        |value: &&EffectiveValue| value.origin().is_some() || *value.value() != Effective::Null;
    effective.get(path).filter(is_given)
}

/// Whether nothing stands at a path, and a key could be written there.
fn could_be_set(effective: &EffectiveValue, path: &KeyPath) -> bool {
    let takes_keys = |path: KeyPath| {
        given(effective, path).is_none_or(|value| matches!(value.value(), Effective::Table(_)))
    };
    matches!(path.segments().last(), Some(Segment::Key(_)))
        && given(effective, path.clone()).is_none()
        && std::iter::successors(path.parent(), KeyPath::parent).all(takes_keys)
}

impl Kept {
    /// The place of a value or of a table, or of the last one on the way to where nothing is.
    fn place(&self, effective: &EffectiveValue, path: &KeyPath) -> Option<Origin> {
        let way = std::iter::successors(Some(path.clone()), KeyPath::parent);
        let mut way = way.take_while(|path| !path.is_empty());
        let (at, value) = way.find_map(|at| Some((at.clone(), given(effective, at)?)))?;
        let heading = || header(&self.plan(), &self.retained, &at);
        let inside = || value.first_origin().filter(|_| at == *path).cloned();
        value.origin().cloned().or_else(heading).or_else(inside)
    }

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
            longer_prefixes: Vec::new(),
            variables: self.variables,
            strict: false,
            ignore_empty: false,
            strict_permissions: None,
            secrets: self.secrets.clone(),
            show_source: false,
            absolute_names: self.schema.has_absolute_names(),
            wanted_alone: false,
            listed: false,
            value_alone: false,
            metered: false,
            by_tree: false,
            texts: None,
        }
    }
}
