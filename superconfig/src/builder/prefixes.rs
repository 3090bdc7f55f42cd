//! The prefixes of variables, of which each step that reads the environment may have its own.

use super::recipe::{Recipe, Step};
use crate::config::Config;
use crate::load::Plan;
use crate::schema::spelling::below_prefix;

impl<T: Config> Recipe<T> {
    /// The prefix of variables that are read by `said`, which may leave it to what is declared.
    pub(super) fn prefix<'r>(&'r self, said: Option<&'r str>) -> Option<&'r str> {
        said.or(self.declared.schema.env_prefix).filter(|prefix| !prefix.is_empty())
    }

    /// The prefixes of the steps that read the environment.
    fn prefixes(&self) -> impl Iterator<Item = Option<&str>> {
        self.steps.iter().filter_map(|step| match step {
            Step::Environment(said) => Some(self.prefix(said.as_deref())),
            _ => None,
        })
    }

    pub(super) fn has_several_prefixes(&self) -> bool {
        let first = self.prefixes().next();
        self.prefixes().any(|prefix| Some(prefix) != first)
    }

    /// For each step that reads the environment, the plan with the prefix of its variables. There are none
    /// where all have one prefix. Names without a prefix are read once, by the first of the steps: by a later
    /// one they would win over a name with the prefix of an earlier one.
    pub(super) fn other_prefixes(&self, plan: &Plan) -> Vec<Option<Plan>> {
        if !self.has_several_prefixes() {
            return Vec::new();
        }
        let mut absolute_names = plan.absolute_names;
        let other = |step: &Step<T>| {
            let Step::Environment(said) = step else { return None };
            let prefix = self.prefix(said.as_deref());
            let longer_prefixes = self.longer_prefixes(prefix);
            let prefix = prefix.map(str::to_owned);
            let absolute_names = std::mem::take(&mut absolute_names);
            Some(Plan { prefix, longer_prefixes, absolute_names, ..plan.clone() })
        };
        self.steps.iter().map(other).collect()
    }

    /// The prefixes of other steps that begin with this one and go on.
    pub(super) fn longer_prefixes(&self, prefix: Option<&str>) -> Vec<String> {
        let Some(prefix) = prefix else { return Vec::new() };
        let others = self.prefixes().flatten();
        others.filter(|other| below_prefix(other, prefix).is_some()).map(str::to_owned).collect()
    }
}
