//! Reloading and watching.

use std::thread;
use std::time::Duration;

use napi::bindgen_prelude::{AsyncTask, External, Unknown};
use napi::{Env, Result, ScopedTask, Task};
use napi_derive::napi;
use superconfig::{Change, Changes, Value, Watch, WatchOptions};

use crate::convert::{Encoded, from_js, to_js, unexpected};
use crate::environment::waited_for;
use crate::handle::Handle;
use crate::told;

type Changed = Change<Value>;

/// How many configurations were published in the handle.
#[napi]
#[allow(clippy::cast_precision_loss)] // nobody reloads that often
pub fn generation(handle: &External<Handle>) -> f64 {
    handle.generation() as f64
}

/// Loads again. A worker may have a handle of the main thread, whose variables only that thread may read; it takes
/// them as they were read last.
#[napi]
pub fn reload(handle: &External<Handle>, in_worker: bool) -> Result<Option<External<Changed>>> {
    let change = if in_worker { handle.reload() } else { waited_for(|| handle.reload()) };
    let change = change.map_err(|error| told::failure(&error))?;
    Ok(change.map(External::new))
}

/// The same on the thread pool.
#[napi]
pub fn reload_async(handle: &External<Handle>) -> AsyncTask<Reload> {
    AsyncTask::new(Reload(Handle::clone(handle)))
}

/// A reload on the thread pool.
pub struct Reload(Handle);

impl<'task> ScopedTask<'task> for Reload {
    type Output = Option<Changed>;
    type JsValue = Option<Unknown<'task>>;

    fn compute(&mut self) -> Result<Option<Changed>> {
        self.0.reload().map_err(|error| told::failure(&error))
    }

    fn resolve(&mut self, env: &'task Env, change: Option<Changed>) -> Result<Self::JsValue> {
        change.map(|change| External::new(change).into_unknown(env)).transpose()
    }
}

/// Why the last reload failed, as JSON.
#[napi]
pub fn last_reload_error(handle: &External<Handle>) -> Option<String> {
    handle.last_reload_error().map(|error| told::error_value(&error).to_string())
}

/// A stream of the changes to come.
#[napi]
pub fn changes(handle: &External<Handle>) -> External<Changes<Value>> {
    External::new(handle.changes())
}

/// What happened since this was asked last, if anything did.
#[napi]
pub fn next_change(changes: &mut External<Changes<Value>>) -> Option<External<Changed>> {
    changes.try_next().map(External::new)
}

#[napi]
#[allow(clippy::cast_precision_loss)] // nobody reloads that often
pub fn change_generation(change: &External<Changed>) -> f64 {
    change.generation() as f64
}

/// The settings with another value.
#[napi]
pub fn change_changed(change: &External<Changed>) -> Encoded {
    to_js(&told::change(change))
}

/// All values after the change, or before it.
#[napi]
pub fn change_value(change: &External<Changed>, old: bool) -> Encoded {
    to_js(if old { change.old() } else { change.get() })
}

#[napi]
pub fn change_touches(change: &External<Changed>, pattern: String) -> bool {
    change.touches(&pattern)
}

#[napi]
pub fn change_text(change: &External<Changed>) -> String {
    change.to_string()
}

/// A watch, until it is stopped.
pub struct Watching(Option<Watch>);

impl Watching {
    /// Ends the watching. That waits for a reload that is under way, so another thread does it.
    fn stop(&mut self) {
        if let Some(watch) = self.0.take() {
            // Where there can be no other thread, what was not run is dropped here.
            let _ended = thread::Builder::new().spawn(move || drop(watch));
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Reloads when files change, until it is stopped or collected.
#[napi]
pub fn watch(handle: &External<Handle>, options: Unknown<'_>) -> Result<External<Watching>> {
    let options = watch_options(&from_js(options)?)?;
    let watch = handle.watch(options).map_err(|error| told::failure(&error))?;
    Ok(External::new(Watching(Some(watch))))
}

/// Times are in milliseconds; what is `null` is as the core has it.
fn watch_options(given: &Value) -> Result<WatchOptions> {
    let mut options = WatchOptions::default();
    let Some(table) = given.as_table() else { return Ok(options) };
    for (name, value) in table.iter().filter(|(_, value)| !value.is_null()) {
        let time = value.as_f64().and_then(|time| Duration::try_from_secs_f64(time / 1000.0).ok());
        let wrong = || unexpected(&format!("`{name}` is no option of a watch, or not this way"));
        match name {
            "debounce" => options.debounce = time.ok_or_else(wrong)?,
            "maxWait" => options.max_wait = time.ok_or_else(wrong)?,
            "pollEvery" => options.poll_every = time.ok_or_else(wrong)?,
            "checkEvery" => options.check_every = time.ok_or_else(wrong)?,
            "events" => options.events = value.as_bool().ok_or_else(wrong)?,
            "maxDirectories" => {
                let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
                options.max_directories = count.ok_or_else(wrong)?;
            }
            _ => return Err(wrong()),
        }
    }
    Ok(options)
}

/// Ends the watching. To end it twice does nothing.
#[napi]
pub fn stop(watch: &mut External<Watching>) {
    watch.stop();
}

/// The same, over when no reload is under way any more: the thread pool waits for that.
#[napi]
pub fn stop_async(watch: &mut External<Watching>) -> AsyncTask<Stop> {
    AsyncTask::new(Stop(watch.0.take()))
}

/// The end of a watching, on the thread pool.
pub struct Stop(Option<Watch>);

impl Task for Stop {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        drop(self.0.take());
        Ok(())
    }

    fn resolve(&mut self, _env: Env, (): ()) -> Result<()> {
        Ok(())
    }
}

/// How well it watches, in words.
#[napi]
pub fn health(watch: &External<Watching>) -> String {
    watch.0.as_ref().map_or(superconfig::Health::Stopped, Watch::health).to_string()
}
