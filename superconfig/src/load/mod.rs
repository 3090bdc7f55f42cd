//! Loading: every source is read, decoded into layers and merged, and whatever is wrong with any
//! of them is collected. Nothing here knows the configuration's type.

mod document;
mod exposed;
mod fallback;
mod journal;
mod kubernetes;
mod locate;
mod resolution;
mod retained;
mod unselected;
mod untyped;
mod variables;

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use fallback::Wrong;
pub(crate) use journal::{Done, Journal, Read};
pub(crate) use locate::{header, with_line};
pub(crate) use resolution::advice;
pub(crate) use retained::{Assigned, Retained, Said};
use variables::View;

use crate::assign::Assignments;
use crate::decode::{Document, Node, Scalar, Section, Span, Tree, Walk, What};
use crate::diagnose::{Context, is_error, suggest};
use crate::error::{Code, Problem, Severity, dialect};
use crate::format::{Format, Limits};
use crate::origin::Origin;
use crate::path::KeyPath;
use crate::schema::at::steps_of;
use crate::schema::spelling::below_prefix;
use crate::schema::{Op, Schema};
use crate::source::{
    Dependencies, Loading, Piece, Place, Setting, Source, Surroundings, TOLD, Text,
};
use crate::stack::Stack;
use crate::texts::Texts;
use crate::value::Secrets;

/// What a loading is to do, apart from its sources.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // each is an option of its own
pub(crate) struct Plan {
    pub(crate) schema: &'static Schema,
    /// The selected profiles; the last one wins.
    pub(crate) profiles: Vec<String>,
    /// The variable that selects them, where it is one.
    pub(crate) profiles_from: Option<Origin>,
    /// The variable that could select them, where the program looks at one.
    pub(crate) profile_variable: Option<String>,
    pub(crate) limits: Limits,
    pub(crate) surroundings: Surroundings,
    /// The prefix of the variables.
    pub(crate) prefix: Option<String>,
    /// The prefixes of other steps that begin with this one: what no setting of this step has is theirs.
    pub(crate) longer_prefixes: Vec<String>,
    /// Whether variables are read at all (for messages).
    pub(crate) variables: bool,
    /// Whether unknown keys and variables are errors.
    pub(crate) strict: bool,
    /// Whether an empty variable is no variable.
    pub(crate) ignore_empty: bool,
    /// Whether a file that others may write is refused; see `source::trust`.
    pub(crate) strict_permissions: Option<bool>,
    /// Which paths are secrets, where no schema says so.
    pub(crate) secrets: Secrets,
    /// Whether lines that cannot be read are shown as they are.
    pub(crate) show_source: bool,
    /// Whether any setting has a name of its own besides the derived one.
    pub(crate) absolute_names: bool,
    /// Whether the variables are those that were wanted, and not all of the process, which are too many
    /// to be kept for a few.
    pub(crate) wanted_alone: bool,
    /// Whether the names of all settings can be listed, and each is looked up.
    pub(crate) listed: bool,
    /// Whether only the value is asked for: nothing is kept of the sources and no warning is made. A
    /// loading that meets any trouble so is done again in full.
    pub(crate) value_alone: bool,
    /// Whether it is metered what the loading takes.
    pub(crate) metered: bool,
    /// Whether documents and variables are read by their trees from the start.
    pub(crate) by_tree: bool,
    /// Where texts of files are shared with other loadings.
    pub(crate) texts: Option<Arc<Texts>>,
}

impl Plan {
    /// Whether a variable under the prefix is for something else than settings of this step: it selects
    /// the profiles, by the name that the program gave or that programs are used to, or it is another
    /// step's.
    fn is_elsewhere(&self, name: &str) -> bool {
        let prefix = self.prefix.as_deref().unwrap_or_default();
        self.profile_variable.as_deref() == Some(name)
            || below_prefix(name, prefix) == Some("PROFILE")
            || self.longer_prefixes.iter().any(|longer| below_prefix(name, longer).is_some())
    }
}

/// A loading in work, and then what it came to.
pub(crate) struct Load<'p> {
    plan: &'p Plan,
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Problem>,
    /// The places that were looked at.
    pub(crate) places: Vec<Place>,
    /// What else it depended on.
    pub(crate) dependencies: Dependencies,
    /// Whether a source could not be read, so that nothing is said of settings that are missing.
    incomplete: bool,
    profiles_found: Vec<String>,
    /// The names of the files of the source in work that everyone may read.
    exposed: Vec<Arc<str>>,
    pub(crate) retained: Vec<Retained>,
    /// What was done so far.
    pub(crate) journal: Journal,
    /// Whether variables are read: from the environment, or from a file that there is.
    variables: bool,
    /// The retained documents that have sections of profiles.
    sectioned: Vec<usize>,
    /// The problems of variables and arguments, to be told what would hold without them.
    wrong: Vec<Wrong>,
    /// Whether the program gave a struct of its own, which stands below the sources.
    pub(crate) given: bool,
    /// How many problems, and how many warnings, are left out of the report.
    untold: (usize, usize),
}

impl<'p> Load<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            problems: Vec::new(),
            warnings: Vec::new(),
            places: Vec::new(),
            dependencies: Dependencies::default(),
            incomplete: false,
            profiles_found: Vec::new(),
            exposed: Vec::new(),
            retained: Vec::new(),
            journal: Journal::new(plan),
            variables: plan.variables,
            sectioned: Vec::new(),
            wrong: Vec::new(),
            given: false,
            untold: (0, 0),
        }
    }

    /// Reads a source and merges what it says.
    pub(crate) fn read(&mut self, source: &dyn Source, stack: &mut dyn Stack) {
        let plan = self.plan;
        let mut loading =
            Loading::new(plan.schema, &plan.profiles, &plan.limits, &plan.surroundings);
        loading.strict_permissions = plan.strict_permissions;
        loading.show_source = plan.show_source;
        loading.texts = plan.texts.as_deref();
        loading.value_alone = plan.value_alone;
        source.load(&mut loading);
        let Loading { pieces, problems, warnings, untold, places, dependencies, .. } = loading;
        let Loading { exposed, tally, .. } = loading;
        self.exposed = exposed;
        self.journal.has_read(tally);
        self.incomplete |= !problems.is_empty();
        // A source counts its own pieces alone.
        let before = self.retained.len();
        let counted = |problem: Problem| {
            let turn = before + problem.turn.unwrap_or(0);
            problem.in_turn(turn)
        };
        for problem in problems {
            self.tell(true, |_| counted(problem));
        }
        for warning in warnings {
            self.tell(false, |_| counted(warning));
        }
        self.untold = (self.untold.0 + untold.0, self.untold.1 + untold.1);
        self.places.extend(places);
        self.dependencies.files.extend(dependencies.files);
        self.dependencies.directories.extend(dependencies.directories);
        for piece in pieces {
            match piece {
                Piece::Document(text) => self.document(text, stack),
                Piece::Values { tree, origin } => self.values(tree, origin, stack),
                Piece::Settings(settings) => self.settings(settings, stack),
                Piece::Variables(all) => {
                    self.variables = true;
                    variables::read(self, all.iter().map(View::from), None, stack);
                }
            }
        }
        // Texts of the program's own may be called as the files are.
        self.exposed.clear();
    }

    /// A source cannot be read, so nothing is said of settings that are missing.
    pub(crate) fn lost(&mut self, problem: Problem) {
        self.incomplete = true;
        self.problems.push(problem);
    }

    /// Reads again what was kept of a source. What the program gave cannot be had from here, and is
    /// left out.
    pub(crate) fn again(&mut self, retained: &Retained, stack: &mut dyn Stack) {
        match retained {
            Retained::Document { text, format } => {
                self.document(Text { format: Some(*format), ..text.clone() }, stack);
            }
            Retained::Values { tree, origin } => self.values(tree.clone(), origin.clone(), stack),
            Retained::Settings { trees, .. } => {
                trees.iter().for_each(|tree| whole(tree, stack));
                self.retain(retained.clone());
            }
            Retained::Variables(all) => {
                whole(&Assigned::tree(all), stack);
                self.retain(retained.clone());
            }
            Retained::Given { .. } => self.retain(retained.clone()),
        }
    }

    /// Reads the variables of the surroundings; `other` is a plan for these alone.
    pub(crate) fn environment(&mut self, other: Option<&'p Plan>, stack: &mut dyn Stack) {
        if self.plan.listed {
            return variables::listed::read(self, stack);
        }
        let own = self.plan;
        let plan = other.unwrap_or(own);
        let all = &plan.surroundings.variables;
        let shared = plan.wanted_alone.then_some(all);
        self.plan = plan;
        variables::read(self, all.iter().map(View::from), shared, stack);
        self.plan = own;
    }

    fn values(&mut self, tree: Tree<'static>, origin: Origin, stack: &mut dyn Stack) {
        let plan = self.plan;
        let mut document = Document::new(plan.schema, &plan.profiles, stack, plan.strict);
        let walk = document.apply(&tree);
        self.profiles_found.append(&mut document.found);
        self.take(walk, None, true, |problem, _| problem.from(origin.clone()));
        self.commit(stack);
        self.retain(Retained::Values { tree, origin });
    }

    /// Each setting is a source of its own: the last one of two wins.
    fn settings(&mut self, settings: Vec<Setting>, stack: &mut dyn Stack) {
        let mut kept = Vec::new();
        let mut trees = Vec::new();
        for setting in settings {
            let Setting { path, op, tree, origin } = setting;
            if path.len() > self.plan.limits.depth {
                let (steps, limit) = (path.len(), self.plan.limits.depth);
                let message = format!("the path has {steps} steps, and the limit is {limit}");
                let help = format!("{} if it is meant to be so deep", dialect::raise("depth"));
                self.tell(true, |_| Problem::new(Code::TooDeep, message).from(origin).help(help));
                continue;
            }
            let setting = Setting { path, op, tree, origin };
            let setting = if self.plan.schema.is_any() {
                match self.untyped(setting, stack) {
                    Some(setting) => setting,
                    None => continue,
                }
            } else {
                setting
            };
            let Setting { path, op, tree, origin } = setting;
            let mut all = Assignments::new();
            let steps = steps_of(&path);
            let is_empty = op == Op::Set && is_empty_text(&tree);
            if path.is_empty() || all.put(&steps, op, tree, kept.len()).is_err() {
                let code = code_of(&origin);
                self.tell(true, |_| Problem::new(code, "no setting is named").from(origin));
                continue;
            }
            let mut walk = Walk::at(KeyPath::root());
            let layer = stack.layer(Section::Base);
            let suffixed = all.into_tree();
            walk.apply(layer, None, Op::Set, &suffixed);
            // As an empty variable does, an empty text leaves no trace where it is no value.
            if is_empty && walk.findings.is_empty() && !variables::is_set(layer, &steps) {
                stack.discard();
                continue;
            }
            // A path that leads nowhere cannot take effect, so it is an error wherever it is.
            for finding in &mut walk.findings {
                if let What::UnknownKey { denied, .. } = &mut finding.what {
                    *denied = true;
                }
            }
            let first = self.problems.len();
            self.take(walk, None, false, |mut problem, _| {
                if problem.code == Code::UnknownKey {
                    problem.code = code_of(&origin);
                    "there is no such setting".clone_into(&mut problem.message);
                }
                problem.from(origin.clone())
            });
            self.note_wrong(first, |_| Some(path.clone()));
            stack.commit();
            kept.push((path, op, origin));
            trees.push(suffixed);
        }
        self.retain(Retained::Settings { settings: kept, trees });
    }

    /// Takes over what a walk found, in a document of this format where it was in one. `overridable`
    /// says whether variables are above the source.
    ///
    /// What the walk could read is merged all the same: the loading fails anyhow, and a setting
    /// must not be called missing because its neighbour in the file is broken.
    fn take(
        &mut self,
        walk: Walk,
        format: Option<Format>,
        overridable: bool,
        mut place: impl FnMut(Problem, Option<Span>) -> Problem,
    ) {
        let mut context = self.context(None, format);
        context.overridable &= overridable;
        for finding in walk.findings {
            let finding = untyped::redacted(self.plan, finding);
            let error = is_error(&finding, self.plan.strict);
            self.tell(error, |_| place(context.problem(&finding), finding.span));
        }
    }

    /// Tells a problem, or a warning, while there are few enough; else it is counted and not made.
    fn tell(&mut self, error: bool, problem: impl FnOnce(&Self) -> Problem) {
        if self.plan.value_alone && !error {
            return;
        }
        let told = if error { self.problems.len() } else { self.warnings.len() };
        if told < TOLD {
            let problem = problem(self);
            if error { self.problems.push(problem) } else { self.warnings.push(problem) }
        } else if error {
            self.untold.0 += 1;
        } else {
            self.untold.1 += 1;
        }
    }

    fn context<'c>(&self, file: Option<&'c str>, format: Option<Format>) -> Context<'c>
    where
        'p: 'c,
    {
        Context {
            schema: self.plan.schema,
            prefix: self.plan.prefix.as_deref(),
            variables: self.variables,
            overridable: self.plan.variables,
            file,
            format,
            strict: self.plan.strict,
            profiles: &self.plan.profiles,
        }
    }

    /// Checks that every selected profile exists. To be called when all sources have been read.
    pub(crate) fn check_profiles(&mut self) {
        let plan = self.plan;
        for profile in &plan.profiles {
            let declared = plan.schema.profiles.contains(&profile.as_str());
            let from = |mut problem: Problem| {
                problem.origin.clone_from(&plan.profiles_from);
                problem
            };
            if let Err(problem) = crate::source::name::check("the profile", profile) {
                self.problems.push(from(problem));
                continue;
            }
            // It may be in a file that could not be read.
            if declared || self.incomplete || self.profiles_found.contains(profile) {
                continue;
            }
            let problem = from(self.no_such_profile(profile));
            self.problems.push(problem);
        }
    }

    fn no_such_profile(&self, profile: &str) -> Problem {
        let plan = self.plan;
        let mut known: Vec<&str> = plan.schema.profiles.to_vec();
        known.extend(self.profiles_found.iter().map(String::as_str));
        known.sort_unstable();
        known.dedup();
        let message = format!("there is no profile {profile:?}");
        let mut problem = Problem::new(Code::ProfileNotFound, message);
        if !known.is_empty() {
            let all = match known.as_slice() {
                [only] => format!("the only profile is {only}"),
                all => format!("the profiles are {}", all.join(", ")),
            };
            problem = suggest(problem, profile, known.iter().copied()).help(all);
        }
        let files: Vec<&str> = self
            .retained
            .iter()
            .filter_map(|retained| match retained {
                Retained::Document { text, .. } => Some(&*text.name),
                _ => None,
            })
            .collect();
        let section = format!("section [profile.{profile}]");
        let found = match files.as_slice() {
            [] => format!("no file was read that could have a {section}"),
            [file] => match Path::new(file).extension().and_then(OsStr::to_str) {
                Some(extension) if Format::of_path(Path::new(file)).is_some() => {
                    let stem = file.strip_suffix(extension).unwrap_or(file);
                    format!("{file} has no {section} and no sibling {stem}{profile}.{extension}")
                }
                // A text, or a file that is read whatever its name: there may be nothing beside it.
                _ => format!("{file} has no {section}"),
            },
            files => {
                format!(
                    "none of {} has a {section} or a sibling NAME.{profile}.toml",
                    files.join(", ")
                )
            }
        };
        if plan.schema.is_any() {
            return problem.help(found);
        }
        let declared = plan.schema.advised("by `profiles(…)`", "in the schema");
        problem.help(format!("it is not declared {declared}, and {found}"))
    }

    /// Puts the problems in the order of a report. Steps know theirs by their positions, so this
    /// comes last, when the steps have been told.
    pub(crate) fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
        crate::error::sort(&mut problems, Severity::Error);
        problems
    }
}

/// Merges a tree that is a layer.
fn whole(tree: &Tree<'_>, stack: &mut dyn Stack) {
    Walk::at(KeyPath::root()).apply(stack.layer(Section::Base), None, Op::Set, tree);
    stack.commit();
}

/// Whether a value is the empty text of an argument or an override.
fn is_empty_text(tree: &Tree<'_>) -> bool {
    matches!(&tree.node, Node::Scalar(Scalar::Text { text, .. }) if text.is_empty())
}

/// What a setting from outside of files is blamed for.
fn code_of(origin: &Origin) -> Code {
    match origin {
        Origin::Argument { .. } => Code::BadArgument,
        _ => Code::BadOverride,
    }
}
