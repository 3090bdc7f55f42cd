//! The directory of handles by their names, without their types.
//!
//! It owns nothing: an entry refers to what the clones of a handle share, and goes away with it. Only
//! a lease owns, until it is over.
//!
//! No lock of the directory is held while anything is dropped or called that is the user's.

mod count;
mod id;
mod lease;

use std::any::Any;
use std::collections::VecDeque;
use std::num::NonZeroU64;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use dashmap::DashMap;

use crate::error::{Code, ConfigError, Problem, dialect};
use crate::texts::Texts;

pub use id::HandleId;
pub(crate) use lease::since_start;

use count::Counts;
use id::{BuildIdHasher, Name};
use lease::{Clock, Lease, Leases};

/// More would be memory in every registry, fewer would let threads wait for each other.
const SHARDS: usize = 32;

/// How many names are remembered to have expired; older ones are told as dropped.
const EXPIRED: usize = 4_096;

/// What has an entry: what the clones of a handle share.
pub(crate) trait Listed: Any + Send + Sync {
    /// The name of the configuration's type.
    fn name(&self) -> &'static str;

    /// The memory that it takes, in bytes.
    fn memory(&self) -> usize;
}

pub(crate) struct Directory {
    number: u16,
    entries: DashMap<NonZeroU64, Entry, BuildIdHasher>,
    /// The names that expired last, the latest behind.
    expired: Mutex<VecDeque<NonZeroU64>>,
    leases: Leases,
    pub(crate) counts: Counts,
    /// The texts that loadings share. Recipes refer to it and do not keep it.
    pub(crate) texts: Arc<Texts>,
}

struct Entry {
    listed: Weak<dyn Listed>,
    lease: Option<Box<Lease>>,
}

/// What lives as long as an entry: part of what the clones of a handle share.
pub(crate) struct Listing {
    directory: Weak<Directory>,
    id: NonZeroU64,
}

impl Directory {
    pub(crate) fn new(clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            number: id::next_registry(),
            entries: DashMap::with_hasher_and_shard_amount(BuildIdHasher::default(), SHARDS),
            expired: Mutex::default(),
            leases: Leases::new(clock),
            counts: Counts::default(),
            texts: Arc::default(),
        })
    }

    /// The one in which handles are listed unless they are built for another.
    pub(crate) fn global() -> &'static Arc<Self> {
        static GLOBAL: OnceLock<Arc<Directory>> = OnceLock::new();
        GLOBAL.get_or_init(|| Self::new(since_start()))
    }

    /// Makes something that has an entry from then on, as long as it is.
    pub(crate) fn list<L: Listed>(
        self: &Arc<Self>,
        make: impl FnOnce(Listing) -> L,
    ) -> Result<Arc<L>, ConfigError> {
        let Some(id) = id::issue(self.number) else {
            return Err(Problem::new(Code::Usage, "all names for handles are used up").into());
        };
        let listed = Arc::new(make(Listing { directory: Arc::downgrade(self), id }));
        let weak: Weak<L> = Arc::downgrade(&listed);
        self.entries.insert(id, Entry { listed: weak, lease: None });
        Ok(listed)
    }

    /// What has this name.
    fn find(&self, id: NonZeroU64) -> Result<Arc<dyn Listed>, ConfigError> {
        self.look_up(id).ok_or_else(|| self.miss(self.not_found(id)))
    }

    fn look_up(&self, id: NonZeroU64) -> Option<Arc<dyn Listed>> {
        let (listed, leased) = {
            let entry = self.entries.get(&id)?;
            (entry.listed.upgrade()?, entry.lease.is_some())
        };
        if leased {
            // The clock may be the user's, so it is asked outside of the lock. Nothing expires
            // meanwhile, because `listed` is held.
            let now = self.leases.now();
            if let Some(lease) = self.entries.get(&id).as_ref().and_then(|it| it.lease.as_ref()) {
                lease.use_at(now);
            }
        }
        Some(listed)
    }

    /// What has this name, if it is of this type.
    pub(crate) fn get<L: Listed>(
        &self,
        id: NonZeroU64,
        name: &'static str,
    ) -> Result<Arc<L>, ConfigError> {
        match Arc::downcast(self.find(id)? as Arc<dyn Any + Send + Sync>) {
            Ok(listed) => {
                self.counts.hit();
                Ok(listed)
            }
            Err(_) => {
                let found = self.look_up(id).map_or("another type", |listed| listed.name());
                let message = format!("handle {} is one of `{found}`, not of `{name}`", Name(id));
                Err(self.miss(Problem::new(Code::WrongHandleType, message)))
            }
        }
    }

    /// Counts a look-up that failed.
    fn miss(&self, problem: Problem) -> ConfigError {
        self.counts.miss();
        problem.into()
    }

    /// What is wrong with 0.
    pub(crate) fn not_an_id(&self) -> ConfigError {
        self.miss(Problem::new(Code::UnknownHandle, "0 is the id of no handle"))
    }

    /// Why nothing has this name.
    fn not_found(&self, id: NonZeroU64) -> Problem {
        let name = Name(id);
        if !id::was_issued(id) {
            return Problem::new(Code::UnknownHandle, format!("there was never a handle {name}"))
                .help(dialect::in_rust(
                    "an id comes from `ConfigHandle::id`, and `from_bits` takes what `to_bits` gave",
                    "an id is the `id` of a handle",
                ));
        }
        if id::registry_of(id) != u64::from(self.number) {
            let message = format!("handle {name} is one of another registry");
            return Problem::new(Code::ForeignHandle, message)
                .help("ask the registry that it was built or inserted in");
        }
        if lock(&self.expired).contains(&id) {
            let message = format!("handle {name} has expired: nobody asked for it for too long");
            return Problem::new(Code::ExpiredHandle, message)
                .help("keep a handle, ask more often, or let leases last longer");
        }
        Problem::new(Code::DroppedHandle, format!("handle {name} was dropped or removed"))
            .help("an id does not keep a configuration alive; keep a handle, or lease the id")
    }

    pub(crate) fn contains(&self, id: NonZeroU64) -> bool {
        self.entries.get(&id).is_some_and(|entry| entry.listed.strong_count() > 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Takes the entry away, and gives what had it.
    pub(crate) fn remove(&self, id: NonZeroU64) -> Result<Arc<dyn Listed>, ConfigError> {
        let removed = self.entries.remove(&id);
        match removed.and_then(|(_, entry)| entry.listed.upgrade()) {
            Some(listed) => Ok(listed),
            None => Err(self.not_found(id).into()),
        }
    }

    /// Keeps an entry alive by its name alone.
    pub(crate) fn lease(self: &Arc<Self>, id: NonZeroU64) -> Result<(), ConfigError> {
        let listed = self.find(id)?;
        let lease = Box::new(Lease::new(listed, self.leases.now()));
        // Dropped behind the lock, whether it is the earlier one or, where the entry is gone by now,
        // the new one.
        let dropped = match self.entries.get_mut(&id) {
            Some(mut entry) => entry.lease.replace(lease),
            None => Some(lease),
        };
        let entry_is_gone = !self.contains(id);
        drop(dropped);
        if entry_is_gone {
            return Err(self.not_found(id).into());
        }
        self.leases.watch(self);
        Ok(())
    }

    /// Ends the leases that nobody has used for too long. Gives how many handles are gone by that.
    pub(crate) fn sweep(&self) -> usize {
        self.end_leases(self.leases.oldest(Duration::MAX))
    }

    /// Ends the leases that nobody has used for so long, if they do not end earlier anyway, and
    /// forgets the texts of files. Gives how many handles are gone by that.
    #[cfg(feature = "memory-pressure")]
    pub(crate) fn relieve(&self, idle: Duration) -> usize {
        self.texts.clear();
        self.end_leases(self.leases.oldest(idle))
    }

    /// Ends the leases that were used last at this time or before.
    fn end_leases(&self, limit: Option<Duration>) -> usize {
        let mut idle = Vec::new();
        for entry in &self.entries {
            if entry.is_idle(limit) {
                idle.push(*entry.key());
            }
        }
        // Looked at again under the lock that the removal takes: whoever asked meanwhile has it.
        let ended = idle
            .iter()
            .filter_map(|id| self.entries.remove_if(id, |_, entry| entry.is_idle(limit)))
            .collect::<Vec<_>>();
        let mut expired = lock(&self.expired);
        for (id, _) in &ended {
            if expired.len() == EXPIRED {
                expired.pop_front();
            }
            expired.push_back(*id);
        }
        drop(expired);
        self.counts.expire(ended.len());
        self.shrink();
        ended.len()
    }

    /// Gives back what many handles that are gone by now took in the table.
    fn shrink(&self) {
        // A table of a hash map doubles, so up to twice the room is what any other has, too.
        if self.entries.capacity() > 4 * (self.entries.len() + SHARDS) {
            self.entries.shrink_to_fit();
        }
    }

    fn has_leases(&self) -> bool {
        self.entries.iter().any(|entry| entry.lease.is_some())
    }

    pub(crate) fn set_expire_after(&self, idle: Duration) {
        self.leases.set_expire_after(idle);
    }

    /// Sums up all entries.
    pub(crate) fn sum(&self) -> Sum {
        // Collected first: to let go of one may free it, which takes the lock of its entry.
        let mut alive = Vec::new();
        let mut sum = Sum::default();
        for entry in &self.entries {
            sum.total += 1;
            sum.leased += usize::from(entry.lease.is_some());
            sum.held += usize::from(entry.is_held());
            alive.extend(entry.listed.upgrade());
        }
        // A hash map keeps one byte for each place besides what stands there.
        let table = self.entries.capacity() * (size_of::<(NonZeroU64, Entry)>() + 1);
        let all = alive.iter().map(|listed| listed.memory());
        sum.bytes = all.fold(table, usize::saturating_add);
        sum
    }
}

/// What all entries come to.
#[derive(Default)]
pub(crate) struct Sum {
    pub(crate) total: usize,
    pub(crate) held: usize,
    pub(crate) leased: usize,
    pub(crate) bytes: usize,
}

impl Entry {
    /// Whether anybody has a handle.
    fn is_held(&self) -> bool {
        self.listed.strong_count() > usize::from(self.lease.is_some())
    }

    /// Whether a lease alone keeps it, and nobody used that after the time of `limit`.
    fn is_idle(&self, limit: Option<Duration>) -> bool {
        let (Some(lease), Some(limit)) = (&self.lease, limit) else { return false };
        lease.used() <= limit && !self.is_held()
    }
}

impl Listing {
    /// The name of the entry.
    pub(crate) fn id(&self) -> NonZeroU64 {
        self.id
    }

    /// What is counted where the entry is.
    pub(crate) fn count(&self, count: impl FnOnce(&Counts)) {
        if let Some(directory) = self.directory.upgrade() {
            count(&directory.counts);
        }
    }
}

impl Drop for Listing {
    fn drop(&mut self) {
        if let Some(directory) = self.directory.upgrade() {
            directory.entries.remove(&self.id);
        }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.leases.stop();
        // Handles that are freed here find no directory any more, and so take no lock of this one.
    }
}

/// What is behind these locks is replaced as a whole, so a panic elsewhere leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing(Listing);

    impl Listed for Thing {
        fn name(&self) -> &'static str {
            "Thing"
        }

        fn memory(&self) -> usize {
            size_of::<Self>()
        }
    }

    #[test]
    fn a_sweep_gives_back_what_many_dropped_handles_took() {
        let directory = Directory::new(since_start());
        let list = |_| directory.list(Thing).expect("there are names");
        let mut things: Vec<_> = (0..10_000).map(list).collect();
        things.truncate(100);
        assert!(directory.entries.capacity() >= 10_000);
        directory.sweep();
        assert!((100..1_000).contains(&directory.entries.capacity()));
        assert!(things.iter().all(|thing| directory.contains(thing.0.id())));
    }

    #[test]
    fn a_thread_looks_after_leases_and_ends_with_their_directory() {
        let directory = Directory::new(since_start());
        let thing = directory.list(Thing).expect("there are names");
        assert!(directory.leases.take_thread().is_none());
        directory.lease(thing.0.id()).expect("it is listed");
        let thread = directory.leases.take_thread().expect("something is leased");
        drop(directory);
        thread.join().expect("it ends without a panic");
    }
}
