//! What the steps of a builder come to: a loading that can be run again.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::listen::Listener;
use crate::config::Config;
use crate::decode::Tree;
use crate::error::{Code, ConfigError, Problem, dialect};
use crate::format::Limits;
use crate::json_schema::Outcome;
use crate::layer::{Layer, Resolution};
use crate::load::{Load, Plan, Read, Retained};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::reload::{Again, Failure, Loaded};
use crate::schema::Schema;
use crate::source::{Source, Surroundings, Text, Told, Wanted};
use crate::stack::{Stack, Typed};
use crate::telemetry;
use crate::texts::Texts;
use crate::trace::{Kept, given};
use crate::value::Secrets;
use crate::verbosity::Verbosity;

/// Where a configuration comes from and how it is read. A handle keeps it, to load again.
#[allow(clippy::struct_excessive_bools)] // each is an option of its own
pub(super) struct Recipe<T: Config> {
    pub(super) steps: Vec<Step<T>>,
    pub(super) profiles: Vec<String>,
    /// A variable that selects the profiles where the program does not.
    pub(super) profile_variable: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) limits: Limits,
    pub(super) variables: Option<Arc<Vec<(OsString, OsString)>>>,
    /// Who tells the variables of the process, where that is not to be asked.
    pub(super) told: Option<Box<Told>>,
    /// Where the explicit variables come in, if no step says so.
    pub(super) variables_at: Option<usize>,
    pub(super) directory: Option<PathBuf>,
    pub(super) root: Option<PathBuf>,
    /// Whether a source of the program's own may ask for any variable.
    pub(super) foreign: bool,
    /// Whether files are searched for, which begins in the working directory and at the user's home.
    pub(super) search: bool,
    /// Whether a path may begin in the working directory.
    pub(super) relative: bool,
    pub(super) strict: bool,
    pub(super) ignore_empty: bool,
    pub(super) by_tree: bool,
    /// Whether explicit variables are looked up by name, as those of the process may be.
    pub(super) by_name: bool,
    pub(super) show_source: bool,
    pub(super) strict_permissions: Option<bool>,
    pub(super) suppressed: Vec<String>,
    pub(super) secrets: Secrets,
    /// What the settings are.
    pub(super) declared: Declared<T>,
    pub(super) verbosity: Verbosity,
    /// The texts of the registry that the configuration is in, which they go with.
    pub(super) texts: Weak<Texts>,
}

/// What the settings of a configuration are, and the layers that they are read into.
pub(super) struct Declared<T: Config> {
    pub(super) schema: &'static Schema,
    /// How many names its variables have, and whether any is an absolute one.
    pub(super) names: Option<usize>,
    pub(super) absolute_names: bool,
    pub(super) layer: Box<dyn Fn() -> T::Layer + Send + Sync>,
    /// What came of reading the declaration, where the program gave one.
    pub(super) read: Option<&'static Outcome>,
}

impl<T: Config> Default for Declared<T> {
    /// As the type says.
    fn default() -> Self {
        Self {
            schema: T::SCHEMA,
            names: const { T::SCHEMA.name_count() },
            absolute_names: const { T::SCHEMA.has_absolute_names() },
            layer: Box::new(T::Layer::default),
            read: None,
        }
    }
}

pub(super) enum Step<T> {
    Source(Box<dyn Source>),
    Text(Text),
    /// The environment, with the prefix where the program says one.
    Environment(Option<String>),
    Defaults(Defaults<T>),
}

impl<T> Step<T> {
    /// What it is called in messages.
    fn name(&self) -> String {
        match self {
            Self::Source(source) => source.name(),
            Self::Text(text) => text.name.as_ref().to_owned(),
            Self::Environment(_) => "the environment".to_owned(),
            Self::Defaults(_) => Origin::Defaults.to_string(),
        }
    }
}

/// A value of the type itself.
pub(super) enum Defaults<T> {
    /// Given once. It is moved into the layer of a loading; what is left is a clone, where the type
    /// has any and somebody may load again.
    ///
    /// Boxed, because a configuration is large and the other steps are not.
    Value(Box<Mutex<Option<T>>>),
    /// Made for each loading.
    Made(Box<dyn Fn() -> T + Send + Sync>),
}

impl<T: Config> Defaults<T> {
    fn value(&self, again: bool) -> Option<T> {
        match self {
            Self::Made(make) => Some(make()),
            Self::Value(left) => {
                let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
                let value = left.take();
                if again {
                    *left = value.as_ref().and_then(T::again);
                }
                value
            }
        }
    }
}

/// What became of the value that the program gave.
fn gone<T: Config>() -> Problem {
    let name = T::SCHEMA.name;
    let message = format!("the `{name}` given to `with_defaults` was used up by the first loading");
    Problem::new(Code::Usage, message)
        .help(format!("derive `Clone` for `{name}`, or give a function to `with_defaults_from`"))
}

impl<T: Config> Recipe<T> {
    /// Puts the explicit variables where they come in. To be called when all steps are there.
    pub(super) fn complete(&mut self) {
        if let (Some(at), false) = (self.variables_at, self.has_environment()) {
            self.steps.insert(at, Step::Environment(None));
        }
    }

    /// Whether variables are settings.
    fn has_environment(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Environment(_)))
    }

    /// Loads the value and nothing of what can be said about it, where nobody could ask for that: no
    /// text is kept, no warning made, and variables may be looked up by name.
    ///
    /// It may only say yes. At the first trouble it gives up, and whoever gets `None` loads in full,
    /// which says everything that is wrong.
    pub(super) fn value_alone(&self) -> Option<T> {
        // A value that was given is used up by one loading, and what a source of the program's own does
        // when it is asked twice nobody knows.
        let once = |step: &Step<T>| matches!(step, Step::Defaults(Defaults::Value(_)));
        let heard = self.strict || Listener::anybody(self.verbosity);
        let undeclared = self.undeclared().is_some();
        if heard || undeclared || self.foreign || self.steps.iter().any(once) {
            return None;
        }
        let plan = self.plan(true);
        let others = self.other_prefixes(&plan);
        let of = |step: usize| others.get(step)?.as_ref();
        let mut load = Load::new(&plan);
        let mut stack = Typed::new(&*self.declared.layer);
        for (index, step) in self.steps.iter().enumerate() {
            match step {
                Step::Source(source) => load.read(&**source, &mut stack),
                Step::Text(text) => load.document(text.clone(), &mut stack),
                Step::Environment(_) => load.environment(of(index), &mut stack),
                Step::Defaults(defaults) => {
                    stack.merge(T::Layer::from_value(defaults.value(false)?));
                }
            }
            if !load.problems.is_empty() {
                return None;
            }
            if telemetry::METERED {
                load.done(step.name());
            }
        }
        load.check_profiles();
        let mut resolution = Resolution::default();
        let value = stack.finish().resolve(&mut resolution)?;
        if !load.problems.is_empty() || !resolution.problems.is_empty() {
            return None;
        }
        load.journal.ended = load.journal.elapsed();
        telemetry::loading(T::SCHEMA.name, &load.journal);
        Some(value)
    }

    /// Loads; `again` says whether somebody may ask later where the values came from, or load again.
    pub(super) fn run(&self, again: bool) -> Result<Loaded<T>, Failure> {
        if let Some(error) = self.undeclared() {
            return Err(Failure::of(error));
        }
        let plan = self.plan(false);
        let others = self.other_prefixes(&plan);
        let of = |step: usize| others.get(step)?.as_ref();
        let mut load = Load::new(&plan);
        if let Some(read) = self.declared.read {
            load.warnings.clone_from(&read.warnings);
        }
        let mut listener = Listener::new(&plan, self.verbosity);
        let mut stack = Typed::new(&*self.declared.layer);
        for (index, step) in self.steps.iter().enumerate() {
            let source = step.name();
            listener.begin(&source, &load);
            match step {
                Step::Source(source) => load.read(&**source, &mut stack),
                Step::Text(text) => load.document(text.clone(), &mut stack),
                Step::Environment(_) => load.environment(of(index), &mut stack),
                Step::Defaults(defaults) => match defaults.value(again) {
                    Some(value) => {
                        load.given = true;
                        let mut layer = T::Layer::from_value(value);
                        // Of a struct with secrets it matters what they are, as a validation may say it.
                        if again || listener.listens() || plan.schema.holds_secret() {
                            load.retain(Retained::Given { tree: given(&mut layer) });
                        }
                        stack.merge(layer);
                    }
                    None => load.lost(gone::<T>()),
                },
            }
            load.done(source);
            listener.done(&load);
        }
        load.check_profiles();
        load.check_unselected(stack.merged());
        let mut resolution = Resolution::default();
        let value = stack.finish().resolve(&mut resolution);
        load.take_resolution(resolution, &|path| self.ways(path));
        let suppressed = |warning: &Problem| self.suppressed.iter().any(|p| warning.matches(p));
        load.warnings.retain(|warning| !suppressed(warning));
        load.end();
        if load.problems.iter().any(|problem| problem.code == Code::Invalid) {
            keep(plan.clone(), load.so_far()).redact(&mut load.problems);
        }
        listener.end(&load);
        telemetry::loading(T::SCHEMA.name, &load.journal);
        let (problems, warnings, read) = load.into_parts();
        let kept = keep(plan, read);
        match value {
            Some(value) if problems.is_empty() => Ok(Loaded { value, warnings, kept }),
            _ => {
                let messages = kept.messages(&problems, &warnings);
                let error = ConfigError::new(Load::in_order(problems));
                let error = error.with_warnings(warnings).with_messages(messages);
                Err(Failure {
                    error,
                    read: kept.retained,
                    places: kept.places,
                    dependencies: kept.dependencies,
                })
            }
        }
    }

    /// Why nobody knows what the settings are; then nothing is read.
    fn undeclared(&self) -> Option<ConfigError> {
        let read = self.declared.read?;
        let mut problems = read.problems.clone();
        if !self.secrets.is_empty() {
            let step = dialect::step("with_secret");
            let message = format!("{step} is for configurations without a schema");
            let help = "say `\"writeOnly\": true` of the property in the JSON Schema";
            problems.push(Problem::new(Code::Usage, message).help(help));
        }
        let error = (!problems.is_empty()).then(|| ConfigError::new(problems));
        error.map(|error| error.with_warnings(read.warnings.clone()))
    }

    /// What would be kept of a loading of nothing but a value that sets this.
    pub(super) fn kept_of(&self, tree: Option<Tree<'static>>) -> Kept {
        let plan = self.plan(false);
        let mut load = Load::new(&plan);
        load.retained.extend(tree.map(|tree| Retained::Given { tree }));
        load.done(Origin::Defaults.to_string());
        load.end();
        let (.., read) = load.into_parts();
        keep(plan, read)
    }

    /// How a person gives a setting by the sources that are no files and no variables.
    fn ways(&self, path: &KeyPath) -> Vec<String> {
        let way = |step: &Step<T>| match step {
            Step::Source(source) => source.how_to_set(self.declared.schema, path),
            Step::Text(_) | Step::Environment(_) | Step::Defaults(_) => None,
        };
        self.steps.iter().filter_map(way).collect()
    }

    /// What is asked of the process's environment, and whether settings are looked up by name; then
    /// they are no part of the former. `value_alone` says that what is no setting does not matter.
    fn wanted<'w>(&'w self, prefix: Option<&'w str>, value_alone: bool) -> (Wanted<'w>, bool) {
        let wanted = Wanted {
            schema: self.declared.schema,
            names: self.declared.names,
            absolute_names: self.declared.absolute_names,
            prefix,
            profile: self.profile_variable.as_deref(),
            settings: self.has_environment(),
            search: self.search,
            everything: self.foreign || self.has_several_prefixes(),
        };
        // Whoever tells the variables is not asked for one after the other.
        let asks_process = self.variables.is_none() && self.told.is_none();
        let listed = value_alone && (self.by_name || asks_process) && wanted.is_listed();
        (Wanted { settings: wanted.settings && !listed, ..wanted }, listed)
    }

    /// The process's surroundings, or those that the program gives.
    fn surroundings(&self, wanted: &Wanted<'_>, value_alone: bool) -> Surroundings {
        let variables = match &self.variables {
            Some(all) => Arc::clone(all),
            None => Surroundings::variables_of_process(wanted, self.told.as_deref()),
        };
        // A handle keeps the working directory; for a value alone it may matter to nobody.
        let mut surroundings = if value_alone && !self.search && !self.relative {
            Surroundings::anywhere(variables)
        } else {
            Surroundings::with_variables(variables)
        };
        if let Some(directory) = &self.directory {
            surroundings.directory = Some(surroundings.resolve(directory));
        }
        if let Some(root) = &self.root {
            surroundings.root.clone_from(root);
        }
        surroundings
    }

    fn plan(&self, value_alone: bool) -> Plan {
        let prefix = self.prefix(self.prefix.as_deref());
        let (wanted, listed) = self.wanted(prefix, value_alone);
        let mut surroundings = self.surroundings(&wanted, value_alone);
        surroundings.asks_process = listed && self.variables.is_none();
        let mut profiles = self.profiles.clone();
        let mut profiles_from = None;
        if profiles.is_empty()
            && let Some(variable) = &self.profile_variable
            && let Some(selected) = surroundings.variable(variable)
        {
            profiles.extend(names(&selected.to_string_lossy()));
            profiles_from = Some(Origin::Variable { name: variable.clone() });
        }
        Plan {
            schema: self.declared.schema,
            profiles,
            profiles_from,
            profile_variable: self.profile_variable.clone(),
            limits: self.limits.clone(),
            surroundings,
            prefix: prefix.map(str::to_owned),
            longer_prefixes: self.longer_prefixes(prefix),
            variables: self.has_environment(),
            absolute_names: self.declared.absolute_names,
            wanted_alone: !wanted.wants_all(),
            listed,
            value_alone,
            metered: telemetry::METERED || !value_alone,
            strict: self.strict,
            ignore_empty: self.ignore_empty,
            by_tree: self.by_tree,
            secrets: self.secrets.clone(),
            show_source: self.show_source,
            strict_permissions: self.strict_permissions,
            texts: self.texts.upgrade(),
        }
    }
}

impl<T: Config> Recipe<T> {
    /// The layer of what was loaded before, and the loading that it came from.
    fn layer_of<'p>(&self, kept: &Kept, plan: &'p Plan) -> (T::Layer, Load<'p>) {
        let mut load = Load::new(plan);
        let mut stack = Typed::new(&*self.declared.layer);
        let mut given = self.steps.iter().filter_map(|step| match step {
            Step::Defaults(defaults) => Some(defaults),
            _ => None,
        });
        for retained in &kept.retained {
            load.again(retained, &mut stack);
            if matches!(retained, Retained::Given { .. })
                && let Some(defaults) = given.next()
            {
                match defaults.value(true) {
                    Some(value) => stack.merge(T::Layer::from_value(value)),
                    None => load.lost(gone::<T>()),
                }
            }
        }
        (stack.finish(), load)
    }
}

impl<T: Config> Again<T> for Recipe<T> {
    fn again(&self) -> Result<Loaded<T>, Failure> {
        self.run(true)
    }

    fn pinned(&self, first: &Kept, now: &Kept) -> Result<T, ConfigError> {
        let plan_of = |kept: &Kept| Plan { profiles: kept.profiles.clone(), ..self.plan(false) };
        let (plan_then, plan_now) = (plan_of(first), plan_of(now));
        let (then, _) = self.layer_of(first, &plan_then);
        let (mut layer, mut load) = self.layer_of(now, &plan_now);
        layer.pin(then);
        let mut resolution = Resolution::default();
        let value = layer.resolve(&mut resolution);
        load.take_resolution(resolution, &|path| self.ways(path));
        match value {
            Some(value) if load.problems.is_empty() => Ok(value),
            _ => {
                let mut problems = Load::in_order(load.problems);
                [first, now].iter().for_each(|kept| kept.redact(&mut problems));
                Err(ConfigError::new(problems)
                    .with_context("with the settings that need a restart as they were"))
            }
        }
    }
}

/// What a value sets.
pub(super) fn said<T: Config>(value: T) -> Tree<'static> {
    given(&mut T::Layer::from_value(value))
}

/// What is kept of a loading. It lives as long as the configuration, so nothing is held in reserve.
fn keep(plan: Plan, read: Read) -> Kept {
    let Read { places, dependencies, mut retained, mut journal } = read;
    retained.shrink_to_fit();
    journal.steps.shrink_to_fit();
    let Plan { schema, profiles, limits, prefix, variables, secrets, surroundings, .. } = plan;
    Kept {
        schema,
        profiles,
        limits,
        prefix,
        variables,
        directory: surroundings.directory,
        secrets,
        places: places.into(),
        dependencies,
        retained,
        journal,
        pinned: None,
    }
}

/// The names in a list with commas.
pub(super) fn names(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::SuperConfig;
    use crate::value::Value;

    #[test]
    fn the_working_directory_is_known_to_everything_that_may_begin_in_it() {
        let knows =
            |builder: SuperConfig<Value>| builder.0.plan(true).surroundings.directory.is_some();
        let builder = SuperConfig::<Value>::new;
        for (name, builder) in [
            ("file", builder().with_file("config.toml")),
            ("optional file", builder().with_file_opt("config")),
            ("pattern", builder().with_glob("*.toml")),
            ("search", builder().with_hierarchical("app")),
            ("variables", builder().with_dotenv(".env")),
            ("given", builder().with_directory("there")),
        ] {
            assert!(knows(builder), "{name}");
        }
        assert!(!knows(builder().with_env("APP").with_override("port", 1)));
    }
}
