//! What a reload changed.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::pattern::Pattern;
use super::state::State;
use crate::error::Problem;
use crate::source::Place;
use crate::trace::{Changed, Provenance, changed, changes_json, pending};

/// What a reload changed: the configuration before it and after it, and the settings that differ.
///
/// It is cheap to clone, and keeps both configurations alive for as long as it is held. Which
/// settings differ is found out when it is asked for the first time.
///
/// ```no_run
/// # use superconfig::SuperConfig;
/// # #[derive(SuperConfig)]
/// # struct Settings { port: u16 }
/// # fn main() -> Result<(), superconfig::ConfigError> {
/// # let settings = SuperConfig::<Settings>::new().with_file("app.toml").build()?;
/// if let Some(change) = settings.reload()? {
///     println!("{change}"); // generation 2, 1 setting changed: …
///     assert_ne!(change.get().port, change.old().port);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Change<T>(Arc<Inner<T>>);

struct Inner<T> {
    old: Arc<State<T>>,
    new: Arc<State<T>>,
    changed: OnceLock<Vec<Changed>>,
}

impl<T> Change<T> {
    pub(super) fn new(old: Arc<State<T>>, new: Arc<State<T>>) -> Self {
        Self(Arc::new(Inner { old, new, changed: OnceLock::new() }))
    }

    /// This change and a later one of the same handle as one: from what there was before this one to
    /// what there is after the later one. Whoever keeps changes for somebody who is slow keeps one.
    #[must_use]
    pub fn and(&self, later: &Self) -> Self {
        Self::new(Arc::clone(&self.0.old), Arc::clone(&later.0.new))
    }

    /// The configuration after it.
    pub fn get(&self) -> &T {
        &self.0.new.value
    }

    /// The configuration after it, to keep.
    pub fn snapshot(&self) -> Arc<T> {
        Arc::clone(&self.0.new.value)
    }

    /// The configuration before it.
    pub fn old(&self) -> &T {
        &self.0.old.value
    }

    /// The configuration before it, to keep.
    pub fn old_snapshot(&self) -> Arc<T> {
        Arc::clone(&self.0.old.value)
    }

    /// What is known of where the values after it came from.
    pub fn provenance(&self) -> Provenance {
        Provenance(Arc::clone(self.0.new.kept()))
    }

    /// The same of those before it.
    pub fn old_provenance(&self) -> Provenance {
        Provenance(Arc::clone(self.0.old.kept()))
    }

    /// Counts the configurations of a handle; what was loaded first is 1. It never goes back; for
    /// one who is told of changes it may leave some out.
    pub fn generation(&self) -> u64 {
        self.0.new.generation
    }

    /// The settings with another value, in the order of the declaration; those that are gone come
    /// last. None where the sources say the same in another way: a comment, another order, another
    /// file.
    ///
    /// A value that the program computes (a default that is an expression) is told by the
    /// expression, so it counts as the same for as long as the expression is what makes it.
    pub fn changed(&self) -> &[Changed] {
        self.0.changed.get_or_init(|| changed(self.0.old.kept(), self.0.new.kept()))
    }

    /// Whether it changed a setting that a pattern means, as [`on_change`](crate::ConfigHandle::on_change) reads
    /// it: for those who wait for changes and care about some.
    ///
    /// ```no_run
    /// # use superconfig::SuperConfig;
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # async fn listen(settings: superconfig::ConfigHandle<Settings>) {
    /// let mut changes = settings.changes();
    /// while let Some(change) = changes.next().await {
    ///     if change.touches("port") {
    ///         println!("now on {}", change.get().port);
    ///     }
    /// }
    /// # }
    /// ```
    pub fn touches(&self, pattern: &str) -> bool {
        let pattern = Pattern::parse(pattern);
        self.changed().iter().any(|changed| pattern.matches(&changed.path))
    }

    /// What waits for a restart: settings declared as `restart_required` about which the sources say
    /// something else now than when the program was started. The old value is the one in force.
    pub fn pending(&self) -> Vec<Changed> {
        self.0.new.pending()
    }

    /// What was worth a warning when the configuration after it was loaded.
    ///
    /// As [`ConfigHandle::warnings`](crate::ConfigHandle::warnings), but it is kept no longer than the
    /// change: a program that reports the warnings of each reload, for as long as it runs, asks here.
    pub fn warnings(&self) -> &[Problem] {
        &self.0.new.warnings
    }

    /// The places that were looked at for the files of the configuration after it, found or not. As
    /// [`warnings`](Self::warnings), they are kept no longer than the change.
    pub fn places(&self) -> &[Place] {
        self.0.new.places()
    }

    /// As JSON, on one line. Secrets are redacted.
    pub fn to_json(&self) -> String {
        format!(
            "{{\"generation\":{},\"changed\":{},\"pending\":{}}}",
            self.generation(),
            changes_json(self.changed()),
            changes_json(&self.pending())
        )
    }
}

impl<T> State<T> {
    /// What waits for a restart.
    pub(crate) fn pending(&self) -> Vec<Changed> {
        let Some(kept) = self.kept_from_the_start() else { return Vec::new() };
        let first = kept.pinned.as_ref();
        first.map(|first| pending(first, kept)).unwrap_or_default()
    }
}

impl<T> Clone for Change<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// For logs: a line for the whole, and two for each setting. Secrets are redacted.
impl<T> fmt::Display for Change<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: usize, what: &str| match count {
            0 => format!("no setting {what}"),
            1 => format!("1 setting {what}"),
            n => format!("{n} settings {what}"),
        };
        let mut part = |head: &str, all: &[Changed]| {
            f.write_str(head)?;
            for change in all {
                for line in change.to_string().lines() {
                    write!(f, "\n  {line}")?;
                }
            }
            Ok(())
        };
        let (changed, pending) = (self.changed(), self.pending());
        let head = format!("generation {}, {}", self.generation(), count(changed.len(), "changed"));
        part(&head, changed)?;
        if !pending.is_empty() {
            let wait = if pending.len() == 1 { "waits" } else { "wait" };
            part(
                &format!("\n{}", count(pending.len(), &format!("{wait} for a restart"))),
                &pending,
            )?;
        }
        Ok(())
    }
}

/// As [`Display`](fmt::Display): the values themselves may be secret.
impl<T> fmt::Debug for Change<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Change({self})")
    }
}
