//! Loading again when the process is sent SIGHUP, as services do by custom.

use std::fmt;
use std::sync::{Arc, Weak};
use std::thread::{self, JoinHandle};

use signal_hook::consts::SIGHUP;
use signal_hook::iterator::{Handle, Signals};

use super::live::Live;
use crate::error::{Code, ConfigError, Problem};

/// Reloads on SIGHUP until it is dropped; from
/// [`reload_on_sighup`](crate::handle::ConfigHandle::reload_on_sighup).
#[must_use = "dropping it ends the listening"]
pub struct OnSighup {
    signals: Handle,
    thread: Option<JoinHandle<()>>,
}

impl OnSighup {
    pub(crate) fn new<T: Send + Sync + 'static>(live: &Arc<Live<T>>) -> Result<Self, ConfigError> {
        let failed = |error: std::io::Error| {
            Problem::new(Code::Usage, format!("cannot listen for SIGHUP: {error}")).because(error)
        };
        let mut signals = Signals::new([SIGHUP]).map_err(failed)?;
        let (handle, live) = (signals.handle(), Arc::downgrade(live));
        let thread = thread::Builder::new().name("superconfig-sighup".to_owned());
        let listen = move || {
            for _ in signals.forever() {
                if !reload(&live) {
                    return;
                }
            }
        };
        let thread = thread.spawn(listen).map_err(failed)?;
        Ok(Self { signals: handle, thread: Some(thread) })
    }
}

/// Reloads, if the configuration is there still. What goes wrong is told to whoever asked.
fn reload<T: Send + Sync + 'static>(live: &Weak<Live<T>>) -> bool {
    let Some(live) = live.upgrade() else { return false };
    let _told = live.reload();
    true
}

impl Drop for OnSighup {
    /// Waits for a reload that is running, unless it is what drops this.
    fn drop(&mut self) {
        self.signals.close();
        let Some(listening) = self.thread.take() else { return };
        if listening.thread().id() != thread::current().id() {
            let _ended = listening.join();
        }
    }
}

impl fmt::Debug for OnSighup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnSighup").finish_non_exhaustive()
    }
}
