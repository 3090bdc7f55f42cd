//! The configuration of a handle, as the watching thread sees it.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Instant;

use super::backend::System;
use super::engine::{Engine, Living, Reloaded};
use super::inbox::Inbox;
use super::looked::Looked;
use super::options::{Health, WatchOptions};
use super::thread::Watch;
use crate::error::{Code, ConfigError, Problem};
use crate::reload::{Live, Settled};

/// Watches a configuration for as long as there is a handle.
pub(crate) fn watch<T: Send + Sync + 'static>(
    live: &Arc<Live<T>>,
    options: WatchOptions,
) -> Result<Watch, ConfigError> {
    let live = Arc::downgrade(live);
    Watch::start(Arc::new(move |inbox: Arc<Inbox>| {
        if let Some(live) = live.upgrade() {
            let inbox = Arc::downgrade(&inbox);
            live.tell().at_the_end(move || {
                if let Some(inbox) = inbox.upgrade() {
                    inbox.stop();
                }
            });
        }
        let living = Box::new(Seen(Weak::clone(&live)));
        Engine::new(living, Box::new(System), inbox, options.clone(), Instant::now())
    }))
}

/// What the thread holds: nothing that keeps the configuration alive.
struct Seen<T: 'static>(Weak<Live<T>>);

impl<T: Send + Sync + 'static> Living for Seen<T> {
    fn looked(&self) -> Option<Looked> {
        let all = self.0.upgrade()?.dependencies();
        Some(Looked::new(all.files, all.directories))
    }

    fn reload(&self, settled: &Settled<'_>) -> Reloaded {
        let Some(live) = self.0.upgrade() else { return Reloaded::Bad };
        let came = match live.refresh_if(settled) {
            None => return Reloaded::Unsettled,
            // The same sources: there is nothing to tell.
            Some(Ok(None)) => return Reloaded::Good,
            Some(Ok(Some(_))) => Reloaded::Good,
            Some(Err(_)) => Reloaded::Bad,
        };
        deliver(&live);
        came
    }

    fn tell(&self, health: &Health) {
        if let (Health::Polling { why }, Some(live)) = (health, self.0.upgrade()) {
            let message = format!("files are polled for changes: {why}");
            let problem = Problem::new(Code::Polling, message)
                .help("nothing is missed, but a change is seen a little later");
            live.tell().failed(&problem.into());
            deliver(&live);
        }
    }
}

/// Calls whoever is to be told on a thread of its own: a callback that hangs must not keep the files
/// from being watched.
fn deliver<T: Send + Sync + 'static>(live: &Arc<Live<T>>) {
    let other = Arc::clone(live);
    let spawned =
        thread::Builder::new().name("config-tell".to_owned()).spawn(move || other.deliver());
    if spawned.is_err() {
        live.deliver();
    }
}
