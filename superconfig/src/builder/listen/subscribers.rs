//! The subscribers of `tracing`. Which of them there are, and what they listen to, may change from one
//! loading to the next.

use tracing::Level;
use tracing::span::EnteredSpan;

use crate::verbosity::{DebugMessage, Verbosity};

/// What spans and events are filtered by.
const TARGET: &str = "superconfig";

/// The span that a loading is in, with the name of the type that is loaded.
pub(super) type Span = EnteredSpan;

pub(super) fn span(config: &'static str) -> Span {
    tracing::info_span!(target: TARGET, "load", config).entered()
}

/// The highest level that anybody listens to.
pub(super) fn subscribed() -> Verbosity {
    if tracing::enabled!(target: TARGET, Level::TRACE) {
        Verbosity::Trace
    } else if tracing::enabled!(target: TARGET, Level::DEBUG) {
        Verbosity::Debug
    } else if tracing::enabled!(target: TARGET, Level::INFO) {
        Verbosity::Info
    } else {
        Verbosity::Silent
    }
}

/// A message as an event of the same level. What went wrong is none of the level `ERROR`: the program
/// gets the error itself, and may well expect it.
pub(super) fn emit(message: &DebugMessage) {
    let DebugMessage { level, step, source, message, success, .. } = message;
    let source = source.as_str();
    macro_rules! event {
        ($level:ident) => {
            tracing::$level!(target: TARGET, step, source, success, "{message}")
        };
    }
    match level {
        Verbosity::Silent => {}
        Verbosity::Info => event!(info),
        Verbosity::Debug => event!(debug),
        Verbosity::Trace => event!(trace),
    }
}
