//! How much a loading tells of its steps, and what it tells.

use std::fmt;
use std::io::Write;
use std::str::FromStr;
use std::time::Duration;

use crate::origin::Clean;

/// How much a loading tells of its steps.
///
/// | level | tells |
/// | --- | --- |
/// | `Silent` | nothing |
/// | `Info` | the selected profiles, what each source gave, problems and warnings, the outcome |
/// | `Debug` | also the places that were looked at, formats found by content, what was overridden |
/// | `Trace` | also each setting that a source gives, and where; not its value |
///
/// ```
/// use superconfig::Verbosity;
///
/// let count = 2; // of `-v` among the arguments
/// let verbosity = Verbosity::from_cli_args(count);
/// assert_eq!(verbosity, Verbosity::Debug);
/// assert!(verbosity.should_display(Verbosity::Info));
/// assert!("info".parse::<Verbosity>().is_ok_and(|info| info < verbosity));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Verbosity {
    /// Tells nothing.
    #[default]
    Silent,
    /// What each source gave, and the outcome.
    Info,
    /// Also where it was looked, and how the sources were merged.
    Debug,
    /// Also each setting of each source.
    Trace,
}

impl Verbosity {
    const ALL: [Self; 4] = [Self::Silent, Self::Info, Self::Debug, Self::Trace];

    /// The level for so many `-v` among a program's arguments; more than three are three.
    pub const fn from_cli_args(count: u8) -> Self {
        match count {
            0 => Self::Silent,
            1 => Self::Info,
            2 => Self::Debug,
            _ => Self::Trace,
        }
    }

    /// Whether a message of this level is told.
    pub fn should_display(self, message: Self) -> bool {
        message != Self::Silent && message <= self
    }

    /// What it tells, in a few words for a help text.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Silent => "tells nothing",
            Self::Info => "tells what each source gave",
            Self::Debug => "tells also where it was looked and what was overridden",
            Self::Trace => "tells also each setting of each source",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

impl fmt::Display for Verbosity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Verbosity {
    type Err = UnknownVerbosity;

    /// By its name, in upper or lower case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |level: &Self| level.name().eq_ignore_ascii_case(text.trim());
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownVerbosity(text.to_owned()))
    }
}

/// A text that names no [`Verbosity`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownVerbosity(String);

impl fmt::Display for UnknownVerbosity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no verbosity: they are silent, info, debug and trace", self.0)
    }
}

impl std::error::Error for UnknownVerbosity {}

/// One thing that a loading did. It tells no values, unless a problem or a warning speaks of one, and
/// secrets never.
///
/// `{}` is one line, `[info 2] config.toml: 12 settings (TOML, 312 bytes)`; `{:#}` has the time in it
/// too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DebugMessage {
    /// From which verbosity on it is told.
    pub level: Verbosity,
    /// The step of the builder, counted from one; zero for the loading as a whole.
    pub step: usize,
    /// The source that it is about, or the type that is loaded.
    pub source: String,
    /// What was done.
    pub message: String,
    /// Whether it went well.
    pub success: bool,
    /// The time since the loading began.
    pub elapsed: Duration,
}

impl DebugMessage {
    /// Prints it to standard error. That nobody can read it there is no reason to fail.
    pub(crate) fn print(&self) {
        let _ = writeln!(std::io::stderr(), "{self:#}");
    }
}

impl fmt::Display for DebugMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}", self.level)?;
        if self.step > 0 {
            write!(f, " {}", self.step)?;
        }
        if f.alternate() {
            write!(f, " +{:.3} ms", self.elapsed.as_secs_f64() * 1000.0)?;
        }
        write!(f, "] {}: {}", Clean(&self.source), Clean(&self.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_tells_what_the_levels_below_tell() {
        use Verbosity::{Debug, Info, Silent, Trace};
        for (level, shown) in
            [(Silent, 0), (Info, 1), (Debug, 2), (Trace, 3), (Verbosity::default(), 0)]
        {
            let told = Verbosity::ALL.into_iter().filter(|message| level.should_display(*message));
            assert_eq!(told.count(), shown, "{level}");
        }
        assert!(Silent < Info && Info < Debug && Debug < Trace);
    }

    #[test]
    fn a_level_is_a_count_and_a_word() {
        for (count, level) in (0..).zip(Verbosity::ALL) {
            assert_eq!(Verbosity::from_cli_args(count), level);
            assert_eq!(level.to_string().parse(), Ok(level));
            assert_eq!(level.to_string().to_uppercase().parse(), Ok(level));
            assert!(level.description().starts_with("tells"));
        }
        assert_eq!(Verbosity::from_cli_args(u8::MAX), Verbosity::Trace);
        let error = "loud".parse::<Verbosity>().expect_err("no level");
        assert_eq!(
            error.to_string(),
            "\"loud\" is no verbosity: they are silent, info, debug and trace"
        );
    }

    #[test]
    fn a_message_is_one_line_that_commands_no_terminal() {
        let message = DebugMessage {
            level: Verbosity::Info,
            step: 2,
            source: "a\u{1b}[2J.toml".to_owned(),
            message: "no settings".to_owned(),
            success: true,
            elapsed: Duration::from_micros(1500),
        };
        assert_eq!(message.to_string(), "[info 2] a\\u{1b}[2J.toml: no settings");
        assert_eq!(format!("{message:#}"), "[info 2 +1.500 ms] a\\u{1b}[2J.toml: no settings");
        let whole = DebugMessage { step: 0, source: "Settings".to_owned(), ..message };
        assert_eq!(whole.to_string(), "[info] Settings: no settings");
    }
}
