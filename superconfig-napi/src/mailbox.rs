//! Waking the thread of JavaScript.
//!
//! Whatever happens on another thread puts a note into the mailbox of the thread of JavaScript that asked, and wakes
//! it. There is one mailbox for each of these threads, and one note at most for each handle, so that storms of
//! events take no memory. A mailbox never keeps the process alive.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use napi::Result;
use napi::bindgen_prelude::{External, Function};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use superconfig::{ConfigError, Subscription};

use crate::handle::Handle;
use crate::told;

/// Calls without a value, and does not keep the process alive.
type Wake = ThreadsafeFunction<(), (), (), napi::Status, false, true>;

/// The numbers of the handles that have something to tell.
pub struct Mailbox {
    notes: Mutex<BTreeSet<u32>>,
    wake: Wake,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mailbox {
    fn note(&self, number: u32) {
        if lock(&self.notes).insert(number) {
            // Where the thread of JavaScript has ended, nobody is left to be told.
            let _ended = self.wake.call((), ThreadsafeFunctionCallMode::NonBlocking);
        }
    }
}

/// A mailbox that calls this function when there is something in it.
#[napi]
pub fn mailbox(wake: Function<'_, (), ()>) -> Result<External<Arc<Mailbox>>> {
    let wake =
        wake.build_threadsafe_function::<()>().callee_handled::<false>().weak::<true>().build()?;
    Ok(External::new(Arc::new(Mailbox { notes: Mutex::default(), wake })))
}

/// Takes the notes out.
#[napi]
pub fn empty_mailbox(mailbox: &External<Arc<Mailbox>>) -> Vec<u32> {
    std::mem::take(&mut *lock(&mailbox.notes)).into_iter().collect()
}

/// What listens to one handle.
pub struct Ear {
    subscriptions: Vec<Subscription>,
    error: Arc<Mutex<Option<ConfigError>>>,
}

/// Puts the number of the handle into the mailbox whenever it changes or fails to.
#[napi]
pub fn listen(
    handle: &External<Handle>,
    mailbox: &External<Arc<Mailbox>>,
    number: u32,
) -> External<Ear> {
    let error = Arc::new(Mutex::new(None));
    let (changed, failed, last) = (Arc::clone(mailbox), Arc::clone(mailbox), Arc::clone(&error));
    let subscriptions = vec![
        handle.on_change("**", move |_| changed.note(number)),
        handle.on_error(move |error| {
            *lock(&last) = Some(error.clone());
            failed.note(number);
        }),
    ];
    External::new(Ear { subscriptions, error })
}

/// The latest error that was not taken yet, as JSON.
#[napi]
pub fn next_error(ear: &External<Ear>) -> Option<String> {
    lock(&ear.error).take().map(|error| told::error_value(&error).to_string())
}

/// Listens no more.
#[napi]
pub fn stop_listening(ear: &mut External<Ear>) {
    ear.subscriptions.drain(..).for_each(Subscription::cancel);
}
