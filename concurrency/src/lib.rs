//! The code by which configurations are published, compiled with the primitives of a model checker.
//!
//! The files are those of `superconfig`; only `sync` is another. The tests run small programs
//! through every order of their steps, and through every value that the memory model lets a load
//! see. Reference counts are the standard library's and not modelled, but for those of the registry's
//! entries, whose protocol is said again in `listed`.
#![allow(unreachable_pub)] // what is public in superconfig is not here

#[path = "../../superconfig/src/publish/mod.rs"]
pub mod publish;
#[path = "../../superconfig/src/slot/mod.rs"]
pub mod slot;

mod sync {
    pub(crate) use loom::sync::atomic::{AtomicU64, Ordering};
    pub(crate) use loom::sync::{Mutex, RwLock};
    pub(crate) use loom::thread::LocalKey;
    pub(crate) use std::sync::PoisonError;

    pub(crate) const OFTEN: u8 = 1;

    macro_rules! per_thread {
        (static $name:ident: $ty:ty = $init:expr;) => {
            loom::thread_local! {
                static $name: $ty = $init;
            }
        };
    }
    macro_rules! constant {
        ($(#[$attribute:meta])* pub fn new() -> Self $body:block) => {
            $(#[$attribute])*
            pub fn new() -> Self $body
        };
    }
    pub(crate) use {constant, per_thread};
}

pub mod listed;
pub mod model;
