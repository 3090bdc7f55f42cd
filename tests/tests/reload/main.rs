//! Loading again, on real files: what is published, what stays, who is told of what.

#![allow(clippy::trivially_copy_pass_by_ref)] // validations take references

mod by_hand;
mod changed;
mod concurrent;
mod restart;
mod streams;
mod telling;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use superconfig::{ConfigHandle, SecretString, SuperConfig};
use tempfile::TempDir;

#[derive(SuperConfig)]
#[config(env_prefix = "ORDERS")]
pub(crate) struct Settings {
    #[config(default = "localhost")]
    pub(crate) host: String,
    #[config(validate = port)]
    pub(crate) port: u16,
    #[config(default = ["core"])]
    pub(crate) plugins: Vec<String>,
    #[config(secret)]
    pub(crate) key: Option<SecretString>,
    #[config(nested)]
    pub(crate) database: Database,
}

#[derive(SuperConfig)]
pub(crate) struct Database {
    #[config(default = "db")]
    pub(crate) url: String,
    #[config(nested)]
    pub(crate) pool: Pool,
}

#[derive(SuperConfig)]
pub(crate) struct Pool {
    #[config(default = 4)]
    pub(crate) max: u32,
}

/// Ports below 10 are refused, and 13 is too much for this function.
fn port(port: &u16) -> Result<(), &'static str> {
    assert_ne!(*port, 13, "13 brings bad luck");
    if *port < 10 { Err("too small") } else { Ok(()) }
}

/// A file in a directory of its own, and the configuration that is read from it.
pub(crate) struct World {
    directory: TempDir,
}

impl World {
    pub(crate) fn new(text: &str) -> Self {
        let world = Self { directory: tempfile::tempdir().expect("a directory") };
        world.write(text);
        world
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.path().join("orders.toml")
    }

    pub(crate) fn write(&self, text: &str) {
        std::fs::write(self.file(), text).expect("it can be written");
    }

    /// The file, called `orders.toml` in messages, and no variables.
    pub(crate) fn builder<T: superconfig::Config>(&self) -> SuperConfig<T> {
        SuperConfig::new()
            .with_directory(self.path())
            .with_file("orders.toml")
            .with_env_vars([("", ""); 0])
    }

    pub(crate) fn load(&self) -> ConfigHandle<Settings> {
        self.builder().build().expect("it loads")
    }
}

/// What was noted, in the order of noting.
#[derive(Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    pub(crate) fn note(&self, text: impl std::fmt::Display) {
        self.0.lock().expect("nobody panics while noting").push(text.to_string());
    }

    /// Everything since the last time.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("nobody panics while noting"))
    }
}
