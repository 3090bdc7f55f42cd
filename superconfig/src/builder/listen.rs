//! Those who listen to a loading while it goes on: standard error, and the subscribers of `tracing`.

#[cfg(feature = "tracing")]
mod subscribers;

/// Without the feature there are none.
#[cfg(not(feature = "tracing"))]
mod subscribers {
    use crate::verbosity::{DebugMessage, Verbosity};

    pub(super) struct Span;

    pub(super) fn subscribed() -> Verbosity {
        Verbosity::Silent
    }

    pub(super) fn span(_config: &'static str) -> Span {
        Span
    }

    pub(super) fn emit(_message: &DebugMessage) {}
}

use super::SuperConfig;
use crate::config::Config;
use crate::load::{Load, Plan};
use crate::trace::Narrator;
use crate::verbosity::{DebugMessage, Verbosity};

impl<T: Config> SuperConfig<T> {
    /// Prints the steps of the loading, and of each reload, to standard error, up to this level, while
    /// they are carried out. Nothing else is ever printed unless it is asked for. The messages hold no secrets.
    ///
    /// `ConfigHandle::debug_messages` and `ConfigError::debug_messages` give the same messages
    /// afterwards, whatever is said here.
    ///
    /// ```
    /// use superconfig::{SuperConfig, Verbosity};
    ///
    /// #[derive(SuperConfig)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let count = 1; // of `-v` among the arguments
    /// let settings = SuperConfig::<Settings>::new()
    ///     .with_env_vars([("PORT", "80")])
    ///     .with_verbosity(Verbosity::from_cli_args(count))
    ///     .build()?;
    /// // [info 1 +0.021 ms] the environment: 1 setting
    /// // [info +0.043 ms] Settings: loaded, 1 setting given in 1 step
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_verbosity(mut self, verbosity: Verbosity) -> Self {
        self.0.verbosity = verbosity;
        self
    }

    /// What [`with_verbosity`](Self::with_verbosity) was told.
    pub fn verbosity(&self) -> Verbosity {
        self.0.verbosity
    }
}

/// Tells the steps of a loading to those who listen; if nobody does, it does nothing.
pub(super) struct Listener<'l> {
    narrator: Option<Narrator<'l>>,
    printed: Verbosity,
    /// What the events of this loading stand in.
    _span: subscribers::Span,
}

impl<'l> Listener<'l> {
    /// Whether anybody would listen.
    pub(super) fn anybody(printed: Verbosity) -> bool {
        level(printed) > Verbosity::Silent
    }

    pub(super) fn new(plan: &'l Plan, printed: Verbosity) -> Self {
        let span = subscribers::span(plan.schema.name);
        let level = level(printed);
        let narrator = (level > Verbosity::Silent).then(|| Narrator::of_plan(plan, level));
        if let Some(narrator) = &narrator {
            narrator.start(plan.profiles_from.as_ref(), &mut |message| tell(printed, &message));
        }
        Self { narrator, printed, _span: span }
    }

    /// Whether anybody does.
    pub(super) fn listens(&self) -> bool {
        self.narrator.is_some()
    }

    pub(super) fn begin(&mut self, source: &str, load: &Load<'_>) {
        let Self { narrator: Some(narrator), printed, .. } = self else { return };
        let at = load.journal.elapsed();
        narrator.begin(source, at, &mut |message| tell(*printed, &message));
    }

    pub(super) fn done(&mut self, load: &Load<'_>) {
        let Self { narrator: Some(narrator), printed, .. } = self else { return };
        let Load { places, retained, problems, journal, .. } = load;
        let Some(done) = journal.steps.last() else { return };
        let tell = &mut |message| tell(*printed, &message);
        narrator.done(done, places, retained, problems, tell);
    }

    pub(super) fn end(&mut self, load: &Load<'_>) {
        let Self { narrator: Some(narrator), printed, .. } = self else { return };
        let Load { problems, warnings, journal, .. } = load;
        let told = journal.steps.last().map_or(0, |last| last.problems.end);
        let tell = &mut |message| tell(*printed, &message);
        narrator.end(journal.ended, problems, told, warnings, tell);
    }
}

/// The highest level that is printed or subscribed to.
fn level(printed: Verbosity) -> Verbosity {
    printed.max(subscribers::subscribed())
}

fn tell(printed: Verbosity, message: &DebugMessage) {
    if printed.should_display(message.level) {
        message.print();
    }
    subscribers::emit(message);
}
