//! Who tells about changes: the system, by way of the crate `notify`.

use std::collections::HashSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{
    ErrorKind, Event, EventHandler, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
};

use super::inbox::Inbox;

/// Makes backends; tests have their own.
pub(super) trait Backends: Send {
    /// A backend that leaves word in the inbox, under its number.
    fn start(&self, inbox: &Arc<Inbox>, number: u64) -> Result<Box<dyn Backend>, String>;
}

/// Something that tells when a directory's entries change.
pub(super) trait Backend: Send {
    /// Watches a directory, but none below it.
    fn watch(&mut self, directory: &Path) -> Result<(), Refusal>;

    /// Watches it no more. That it was not watched, or is gone, is no trouble.
    fn unwatch(&mut self, directory: &Path);

    /// Whether it is watched still: one that was removed or renamed is not, though another may
    /// stand there by now, even with the same inode.
    fn is_watching(&self, directory: &Path) -> bool;
}

/// Why a directory is not watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is gone; what stands there then is found in the next round.
    Gone,
    /// What to tell.
    Because(String),
}

/// The system's events.
pub(super) struct System;

impl Backends for System {
    fn start(&self, inbox: &Arc<Inbox>, number: u64) -> Result<Box<dyn Backend>, String> {
        let state = Arc::new(State::default());
        let postman = Postman { inbox: Arc::clone(inbox), number, state: Arc::clone(&state) };
        let config = notify::Config::default().with_follow_symlinks(false);
        match guarded(|| RecommendedWatcher::new(postman, config)) {
            Ok(Ok(watcher)) => Ok(Box::new(Notify { watcher: Some(watcher), state })),
            Ok(Err(error)) => Err(told(&error)),
            Err(panic) => Err(panic),
        }
    }
}

struct Notify {
    watcher: Option<RecommendedWatcher>,
    state: Arc<State>,
}

/// What notify's thread and ours both know.
#[derive(Default)]
struct State {
    /// Whether notify's thread has ended; notify panics when it is spoken to then.
    dead: AtomicBool,
    watched: Mutex<HashSet<PathBuf>>,
}

impl State {
    fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Acquire)
    }

    fn watched(&self) -> MutexGuard<'_, HashSet<PathBuf>> {
        // A path is in it or not, so a panic elsewhere leaves nothing half done.
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Notify {
    fn ask(
        &mut self,
        what: impl FnOnce(&mut RecommendedWatcher) -> notify::Result<()>,
    ) -> Result<(), Refusal> {
        let gone = || Refusal::Because("the thread that reads events has ended".to_owned());
        let watcher = self.watcher.as_mut().ok_or_else(gone)?;
        if self.state.is_dead() {
            return Err(gone());
        }
        match guarded(|| what(watcher)) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(panic) => Err(Refusal::Because(panic)),
        }
    }
}

impl Backend for Notify {
    fn watch(&mut self, directory: &Path) -> Result<(), Refusal> {
        // It is put there first: its removal may be told before this returns.
        self.state.watched().insert(directory.to_owned());
        let watched = self.ask(|watcher| watcher.watch(directory, RecursiveMode::NonRecursive));
        if watched.is_err() {
            self.state.watched().remove(directory);
        }
        watched
    }

    fn unwatch(&mut self, directory: &Path) {
        self.state.watched().remove(directory);
        // Its errors say that it is not watched, which is what is wanted.
        let _ = self.ask(|watcher| watcher.unwatch(directory));
    }

    fn is_watching(&self, directory: &Path) -> bool {
        self.state.watched().contains(directory)
    }
}

impl Drop for Notify {
    fn drop(&mut self) {
        let Some(watcher) = self.watcher.take() else { return };
        if self.state.is_dead() {
            // Its own end would panic; what leaks is a channel without anybody at the other end.
            std::mem::forget(watcher);
        } else {
            let _ = guarded(|| drop(watcher));
        }
    }
}

/// Runs what may panic inside of notify.
fn guarded<R>(run: impl FnOnce() -> R) -> Result<R, String> {
    // What a panic leaves half done is notify's, and is not used again.
    catch_unwind(AssertUnwindSafe(run))
        .map_err(|_| "the thread that reads events has ended".to_owned())
}

/// What notify's thread calls. It must not panic, or events would end without a word; and when it
/// is dropped, that thread has ended.
struct Postman {
    inbox: Arc<Inbox>,
    number: u64,
    state: Arc<State>,
}

impl Postman {
    /// Takes out what is no longer where it was.
    fn forget(&self, event: &Event) {
        let mut watched = self.state.watched();
        for path in &event.paths {
            watched.remove(path);
        }
    }
}

impl EventHandler for Postman {
    fn handle_event(&mut self, event: notify::Result<Event>) {
        match event {
            // An overflow comes without paths and without a kind, so it is asked for first.
            Ok(event) if event.need_rescan() => {
                self.inbox.lose(self.number, "there were more events than the system keeps");
            }
            Ok(event) if is_change(event.kind) => {
                if is_removal(event.kind) {
                    self.forget(&event);
                }
                self.inbox.touch();
            }
            Ok(_) => {}
            Err(error) => self.inbox.lose(self.number, told(&error)),
        }
    }
}

impl Drop for Postman {
    fn drop(&mut self) {
        self.state.dead.store(true, Ordering::Release);
        self.inbox.lose(self.number, "the thread that reads events has ended");
    }
}

/// Whether an event says that something may be another now. Reading is none, and must be none:
/// every reload reads.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Whether an event may say that something is no longer where it was.
fn is_removal(kind: EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

fn refusal(error: &notify::Error) -> Refusal {
    match &error.kind {
        notify::ErrorKind::PathNotFound => Refusal::Gone,
        ErrorKind::Io(error) if error.kind() == io::ErrorKind::NotFound => Refusal::Gone,
        _ => Refusal::Because(told(error)),
    }
}

/// What is wrong, and what can be done where that is known.
fn told(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system's limit of watches is reached (on Linux: fs.inotify.max_user_watches)"
                .to_owned()
        }
        // EMFILE, which the standard library has no name for.
        ErrorKind::Io(error) if cfg!(target_os = "linux") && error.raw_os_error() == Some(24) => {
            "the limit of inotify instances or of open files is reached (fs.inotify.max_user_instances)"
                .to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use notify::event::{CreateKind, Flag};

    use super::*;
    use crate::watch::inbox::Letters;

    fn letters(inbox: &Inbox) -> Letters {
        inbox.wait(Some(Instant::now()), true)
    }

    fn postman() -> (Postman, Arc<Inbox>) {
        let inbox = Arc::new(Inbox::default());
        (Postman { inbox: Arc::clone(&inbox), number: 7, state: Arc::default() }, inbox)
    }

    #[test]
    fn an_overflow_without_paths_is_a_loss() {
        let (mut postman, inbox) = postman();
        postman.handle_event(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
        let (number, why) = letters(&inbox).lost.expect("told");
        assert_eq!((number, &*why), (7, "there were more events than the system keeps"));
    }

    #[test]
    fn an_error_is_a_loss_and_its_cure_is_told() {
        let (mut postman, inbox) = postman();
        postman.handle_event(Err(notify::Error::new(ErrorKind::MaxFilesWatch)));
        assert!(letters(&inbox).lost.is_some_and(|(_, why)| why.contains("max_user_watches")));
        assert_eq!(refusal(&notify::Error::path_not_found()), Refusal::Gone);
        let gone = notify::Error::io(io::ErrorKind::NotFound.into());
        assert_eq!(refusal(&gone), Refusal::Gone);
    }

    #[test]
    fn reading_is_no_change_and_everything_else_is() {
        let (mut postman, inbox) = postman();
        for kind in [AccessKind::Open(AccessMode::Any), AccessKind::Read, AccessKind::Any] {
            postman.handle_event(Ok(Event::new(EventKind::Access(kind))));
        }
        assert_eq!(letters(&inbox), Letters::default());
        for kind in [
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Create(CreateKind::File),
            EventKind::Any,
            EventKind::Other,
        ] {
            postman.handle_event(Ok(Event::new(kind)));
            assert!(letters(&inbox).touched.is_some(), "{kind:?}");
        }
    }

    #[test]
    fn the_end_of_the_thread_is_a_loss() {
        let (postman, inbox) = postman();
        drop(postman);
        assert!(letters(&inbox).lost.is_some());
    }

    #[test]
    fn the_system_tells_of_a_new_file_and_not_of_a_reader() {
        let room = tempfile::tempdir().expect("a directory");
        let inbox = Arc::new(Inbox::default());
        let mut backend = System.start(&inbox, 1).expect("it starts");
        backend.watch(room.path()).expect("it is watched");
        let file = room.path().join("a");
        std::fs::write(&file, "x").expect("written");
        let limit = || Some(Instant::now() + Duration::from_secs(30));
        assert!(inbox.wait(limit(), true).touched.is_some());
        assert_eq!(backend.watch(&room.path().join("absent")), Err(Refusal::Gone));
        backend.unwatch(&file);
        drop(backend);
        assert!(inbox.wait(limit(), false).lost.is_some_and(|(number, _)| number == 1));
    }

    #[test]
    fn a_directory_that_was_removed_and_made_again_is_not_watched() {
        let room = tempfile::tempdir().expect("a directory");
        let inner = room.path().canonicalize().expect("a real path").join("inner");
        std::fs::create_dir(&inner).expect("made");
        let inbox = Arc::new(Inbox::default());
        let mut backend = System.start(&inbox, 1).expect("it starts");
        backend.watch(&inner).expect("it is watched");
        assert!(backend.is_watching(&inner));
        std::fs::remove_dir(&inner).expect("removed");
        std::fs::create_dir(&inner).expect("made again, often with the same inode");
        let limit = Instant::now() + Duration::from_secs(30);
        while backend.is_watching(&inner) && Instant::now() < limit {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(!backend.is_watching(&inner));
        backend.watch(&inner).expect("it is watched again");
        assert!(backend.is_watching(&inner));
    }

    #[test]
    fn one_whose_thread_has_ended_is_neither_asked_nor_a_panic() {
        let (postman, _inbox) = postman();
        let state = Arc::clone(&postman.state);
        let watcher = RecommendedWatcher::new(postman, notify::Config::default()).expect("starts");
        let mut backend = Notify { watcher: Some(watcher), state: Arc::clone(&state) };
        state.dead.store(true, Ordering::Release);
        let ended = Refusal::Because("the thread that reads events has ended".to_owned());
        assert_eq!(backend.watch(Path::new("/")), Err(ended));
        drop(backend);
    }
}
