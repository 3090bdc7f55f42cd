//! When to reload: what the watching thread does, turn by turn.
//!
//! An engine knows no clock and no thread. It is handed the time and what was left in the inbox,
//! does what is to do, and says how long to wait. Who tells about changes ([`Backends`]) and what is
//! reloaded ([`Living`]) are given to it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::backend::{Backend, Backends, Refusal};
use super::debounce::Debounce;
use super::inbox::{Inbox, Letters};
use super::looked::{Looked, Stamp};
use super::mounts;
use super::options::{Health, WatchOptions};
use super::targets::{Target, targets};
use crate::reload::Settled;

/// What is watched and reloaded.
pub(super) trait Living: Send {
    /// Where its last loading looked; `None` where nobody has it any more.
    fn looked(&self) -> Option<Looked>;

    /// Loads again. `settled` is asked when everything has been read and before anything is
    /// published: what was read while it was written is thrown away. It is told whether a text
    /// that said something before is empty now.
    fn reload(&self, settled: &Settled<'_>) -> Reloaded;

    /// Tells those who care that it is watched in another way than before.
    fn tell(&self, health: &Health);
}

/// What came of a reload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reloaded {
    /// The sources say what they said, or something else, which is published.
    Good,
    /// The last good configuration stands, and the error was told.
    Bad,
    /// Something was written while it was read; nothing is published and nothing told.
    Unsettled,
}

/// How long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait {
    pub(super) until: Instant,
    /// Whether an event ends the waiting.
    pub(super) eager: bool,
}

/// How often, and how long each time, an emptied or removed file is waited for.
const DOUBTS: u32 = 3;
const DOUBT: Duration = Duration::from_millis(100);

/// So many times in a row, what was read while it was written is thrown away. Then it is taken as
/// it is, if it is valid: there are programs that touch a file without end.
const UNSETTLED: u32 = 10;

/// How long until a backend that failed is tried again, at first and at most. One that worked for
/// longer than the latter begins with the former.
const FIRST_RETRY: Duration = Duration::from_secs(1);
const LAST_RETRY: Duration = Duration::from_secs(60);

/// In each round new directories are watched; more rounds than anybody nests directories.
const ROUNDS: usize = 32;

pub(super) struct Engine {
    living: Box<dyn Living>,
    backends: Box<dyn Backends>,
    inbox: Arc<Inbox>,
    options: WatchOptions,
    debounce: Debounce,
    running: Option<Running>,
    /// How many backends were started.
    number: u64,
    /// When something is tried again that did not work: a backend, or a directory.
    mend_at: Option<Instant>,
    mend_after: Duration,
    lack: Lack,
    health: Option<Health>,
    /// When it was looked for the last time.
    looked_at: Instant,
    /// When to look again though nothing more was told.
    again_at: Option<Instant>,
    /// Whether to read whatever the times of the files say.
    forced: bool,
    /// A look found something that no event told about, so far.
    unannounced: bool,
    doubts: u32,
    unsettled: u32,
    /// What stood there when the sources were read last.
    read: Option<Stamp>,
    /// The same for the last time that they were good.
    good: Option<Stamp>,
    /// What the last look found, where the files are polled.
    seen: Option<Stamp>,
}

/// A backend that works.
struct Running {
    backend: Box<dyn Backend>,
    since: Instant,
    watched: BTreeMap<PathBuf, Target>,
}

/// What events do not tell, each for its reason.
#[derive(Debug, Default)]
struct Lack {
    /// There is no backend.
    dead: Option<String>,
    /// A directory is not watched.
    refused: Option<String>,
    /// A directory's changes are made elsewhere.
    remote: Option<String>,
    /// A change came without an event.
    silent: bool,
}

impl Engine {
    pub(super) fn new(
        living: Box<dyn Living>,
        backends: Box<dyn Backends>,
        inbox: Arc<Inbox>,
        options: WatchOptions,
        now: Instant,
    ) -> Self {
        let options = options.bounded();
        let debounce = Debounce::new(options.debounce, options.max_wait);
        Self {
            living,
            backends,
            inbox,
            debounce,
            running: None,
            number: 0,
            mend_at: options.events.then_some(now),
            mend_after: FIRST_RETRY,
            lack: Lack::default(),
            health: None,
            looked_at: now,
            again_at: None,
            // What changed between the loading and now is found at once.
            forced: true,
            unannounced: false,
            doubts: 0,
            unsettled: 0,
            read: None,
            good: None,
            seen: None,
            options,
        }
    }

    /// Begins to watch before anything is read, so that [`health`](Self::health) is known.
    pub(super) fn prepare(&mut self, now: Instant) {
        if self.mend_at.is_some() {
            self.mend(now);
        }
        if let Some(looked) = self.living.looked() {
            self.watch_all(&looked, now);
        }
    }

    /// Does what is to do; `None` where it is all over.
    pub(super) fn turn(&mut self, now: Instant, letters: Letters) -> Option<Wait> {
        if letters.stop {
            return None;
        }
        if let Some((first, last)) = letters.touched {
            self.debounce.touch(first, last);
            self.unannounced = false;
        }
        if let Some((number, why)) = letters.lost
            && number == self.number
            && self.running.is_some()
        {
            self.lose(why, now);
        }
        if self.mend_at.is_some_and(|at| at <= now) {
            self.mend(now);
        }
        let told = self.debounce.take(now);
        let again = self.again_at.take_if(|at| *at <= now).is_some();
        let forced = self.forced && self.again_at.is_none();
        if told || again || forced {
            self.check(now)?;
        } else if self.look_at() <= now {
            self.look(now)?;
        }
        self.note_health();
        let deadlines = [self.debounce.due(), self.again_at, self.mend_at];
        let until = deadlines.into_iter().flatten().fold(self.look_at(), Instant::min);
        Some(Wait { until, eager: self.debounce.due().is_none() })
    }

    /// How well it is watched, as of the last turn.
    pub(super) fn health(&self) -> Health {
        match self.polls_because() {
            Some(why) => Health::Polling { why },
            None => Health::Events,
        }
    }

    fn polls_because(&self) -> Option<String> {
        let Lack { dead, refused, remote, silent } = &self.lack;
        if !self.options.events {
            return Some("it was asked for".to_owned());
        }
        let silent = silent.then(|| "a change came without an event".to_owned());
        dead.clone().or_else(|| refused.clone()).or_else(|| remote.clone()).or(silent)
    }

    fn note_health(&mut self) {
        let health = self.health();
        if self.health.as_ref() != Some(&health) {
            // What was asked for is no news.
            if self.options.events && (self.health.is_some() || health != Health::Events) {
                self.living.tell(&health);
            }
            self.health = Some(health);
        }
    }

    /// When to look though nothing is told.
    fn look_at(&self) -> Instant {
        let polls = self.polls_because().is_some();
        let every = if polls { self.options.poll_every } else { self.options.check_every };
        self.looked_at + every
    }

    /// Looks whether there is something that nobody told about.
    fn look(&mut self, now: Instant) -> Option<()> {
        self.looked_at = now;
        let looked = self.living.looked()?;
        self.watch_all(&looked, now);
        let stamp = looked.stamp();
        if self.read.as_ref().is_some_and(|read| stamp.surely_is(read)) {
            return Some(());
        }
        // It is read when it stands still, as after an event.
        self.debounce.touch(now, now);
        self.unannounced = self.read.as_ref().is_some_and(|read| !stamp.says_what(read));
        self.seen = Some(stamp);
        Some(())
    }

    /// Looks, and reads if anything may be another than it was.
    fn check(&mut self, now: Instant) -> Option<()> {
        self.looked_at = now;
        let looked = self.living.looked()?;
        // First it is watched, then looked at, then read: what changes later is told.
        self.watch_all(&looked, now);
        let stamp = looked.stamp();
        let seen = self.seen.take();
        if !self.forced && self.read.as_ref().is_some_and(|read| stamp.surely_is(read)) {
            self.calm();
            return Some(());
        }
        if std::mem::take(&mut self.unannounced) && self.polls_because().is_none() {
            self.lack.silent = true;
        }
        let is_lost = self.good.as_ref().is_some_and(|good| stamp.has_lost(good));
        if is_lost && self.doubts < DOUBTS {
            self.doubts += 1;
            self.again_at = Some(now + DOUBT);
            return Some(());
        }
        let insist = self.unsettled >= UNSETTLED;
        let moves = seen.is_some_and(|seen| !stamp.says_what(&seen));
        let came = if moves && !insist {
            Reloaded::Unsettled
        } else {
            // Where the clock of the files is coarse, an empty text tells what their times do not.
            self.living.reload(&|is_emptied| {
                insist || ((!is_emptied || is_lost) && looked.stamp().says_what(&stamp))
            })
        };
        if came == Reloaded::Unsettled {
            self.unsettled += 1;
            self.again_at = Some(now + self.options.debounce);
            self.seen = moves.then_some(stamp);
            return Some(());
        }
        self.calm();
        if self.living.looked()? == looked {
            self.read = Some(stamp.clone());
        } else {
            // It was looked elsewhere, where something may have changed before it is watched.
            self.again_at = Some(now + self.options.debounce);
            self.forced = true;
        }
        if came == Reloaded::Good {
            self.good = Some(stamp);
        }
        Some(())
    }

    /// Nothing is in doubt any more.
    fn calm(&mut self) {
        self.forced = false;
        self.doubts = 0;
        self.unsettled = 0;
    }

    /// The backend tells no more, or has not told everything.
    fn lose(&mut self, why: String, now: Instant) {
        if self.running.take().is_some_and(|running| now - running.since > LAST_RETRY) {
            self.mend_after = FIRST_RETRY;
        }
        self.lack = Lack { dead: Some(why), ..Lack::default() };
        self.forced = true;
        self.mend_later(now);
    }

    fn mend_later(&mut self, now: Instant) {
        self.mend_at = Some(now + self.mend_after);
        self.mend_after = (self.mend_after * 2).min(LAST_RETRY);
    }

    /// Tries again what did not work.
    fn mend(&mut self, now: Instant) {
        self.mend_at = None;
        if self.running.is_some() {
            // A directory was refused; it is asked for again where all are looked at.
            self.lack.refused = None;
            self.again_at.get_or_insert(now);
        } else {
            self.number += 1;
            match self.backends.start(&self.inbox, self.number) {
                Ok(backend) => {
                    let watched = BTreeMap::new();
                    self.running = Some(Running { backend, since: now, watched });
                    self.lack = Lack::default();
                    // What happened while nobody watched is found by reading.
                    self.forced = true;
                }
                Err(why) => {
                    self.lack.dead = Some(why);
                    self.mend_later(now);
                }
            }
        }
    }

    /// Watches every directory that matters, and none that does not.
    fn watch_all(&mut self, looked: &Looked, now: Instant) {
        let remote = |path: &PathBuf| {
            mounts::remote(path).map(|kind| format!("{} is on {kind}", path.display()))
        };
        for _ in 0..ROUNDS {
            let Some(running) = &mut self.running else { return };
            let wanted = targets(looked, &looked.stamp());
            let is_new = |path: &&PathBuf| !running.watched.contains_key(*path);
            if wanted.keys().any(|path| is_new(&path)) {
                self.lack.remote = wanted.keys().find_map(remote);
            }
            let round = running.follow(wanted, self.options.max_directories);
            if let Some(why) = round.refused
                && self.lack.refused.replace(why).is_none()
            {
                self.mend_later(now);
            }
            if !round.news {
                return;
            }
        }
        // Directories come and go faster than they are watched.
        self.debounce.touch(now, now);
    }
}

/// What came of watching some directories.
#[derive(Debug, Default)]
struct Round {
    /// Whether any is watched that was not.
    news: bool,
    /// What to tell of one that is needed and not watched.
    refused: Option<String>,
}

impl Running {
    /// Watches what is wanted and not watched, as far as the limit, and nothing else.
    fn follow(&mut self, wanted: BTreeMap<PathBuf, Target>, limit: usize) -> Round {
        let Self { backend, watched, .. } = self;
        watched.retain(|path, target| {
            let stays = wanted.get(path).is_some_and(|now| now.identity == target.identity)
                && backend.is_watching(path);
            if !stays {
                backend.unwatch(path);
            }
            stays
        });
        let mut round = Round::default();
        let mut missing: Vec<_> =
            wanted.into_iter().filter(|(path, _)| !watched.contains_key(path)).collect();
        missing.sort_by_key(|(_, target)| !target.needed);
        for (path, target) in missing {
            let answer = if watched.len() < limit {
                backend.watch(&path)
            } else {
                Err(Refusal::Because(format!("`max_directories` is {limit}")))
            };
            match answer {
                Ok(()) => {
                    round.news = true;
                    watched.insert(path, target);
                }
                Err(Refusal::Gone) => {}
                Err(Refusal::Because(why)) if target.needed => {
                    round.refused.get_or_insert(format!("{}: {why}", path.display()));
                }
                Err(Refusal::Because(_)) => {}
            }
        }
        round
    }
}

#[cfg(all(test, unix))]
mod tests;
