//! Replacing a configuration by what the program makes of it.

use std::cell::RefCell;

use super::live::Live;
use super::state::Given;
use crate::config::Config;
use crate::directory::Listed;
use crate::error::{Code, ConfigError, Problem};
use crate::heap::{self, HeapSize};

thread_local! {
    /// The addresses of what this thread is updating.
    static UPDATING: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// Says that this thread is updating something, until it is dropped.
struct Updating;

impl<T: Config> Live<T> {
    /// Replaces the configuration by what `make` makes of it and `check` lets pass. Both are called
    /// under no lock, and again where something else was published meanwhile.
    pub(crate) fn update(
        &self,
        mut make: impl FnMut(&T) -> T,
        check: impl Fn(T) -> Result<Given<T>, ConfigError>,
    ) -> Result<(), ConfigError> {
        let updating = Updating::begin(std::ptr::from_ref(self).addr())?;
        loop {
            let before = self.state();
            let given = check(make(&before.value))?;
            if self.replace(&before, given)?.is_some() {
                break;
            }
        }
        drop(updating);
        self.deliver();
        Ok(())
    }
}

impl Updating {
    /// An update by an update of the same would be seen by the outer one as a change that came
    /// between, again and again.
    fn begin(address: usize) -> Result<Self, ConfigError> {
        let nested = UPDATING.with_borrow_mut(|updating| {
            let nested = updating.contains(&address);
            if !nested {
                updating.push(address);
            }
            nested
        });
        if !nested {
            return Ok(Self);
        }
        let message = "an update was asked for by an update of the same configuration";
        Err(Problem::new(Code::Usage, message).help("make one update of the two").into())
    }
}

impl Drop for Updating {
    fn drop(&mut self) {
        UPDATING.with_borrow_mut(Vec::pop);
    }
}

impl<T: Config> Listed for Live<T> {
    fn name(&self) -> &'static str {
        T::SCHEMA.name
    }

    fn memory(&self) -> usize {
        let (_, value) = self.published.snapshot();
        heap::sum([self.own_memory(), value.heap_size()])
    }
}
