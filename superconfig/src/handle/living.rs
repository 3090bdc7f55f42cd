//! Living on: loading again, and telling whoever asked.

use super::ConfigHandle;
use crate::config::Config;
use crate::error::ConfigError;
use crate::meter::LoadMetrics;
use crate::reload::{Change, Changes, Subscription};
use crate::trace::Changed;
#[cfg(feature = "watch")]
use crate::watch::Watch;

impl<T: Config> ConfigHandle<T> {
    /// Loads the configuration again, by the steps that it was built with, and publishes it for all
    /// clones of this handle.
    ///
    /// Sources are read, merged, resolved and validated away from readers, who go on with what
    /// there is; then one pointer is swapped. Files are read again and so are the variables of the
    /// process, while those of [`with_env_vars`](crate::SuperConfig::with_env_vars) are what they
    /// were. Relative paths mean what they meant at the first loading.
    ///
    /// Gives what changed, or `None` where all sources say the same as before, byte by byte. When
    /// it returns, callbacks have been called; those that are running on another thread are told
    /// by that thread. Of several reloads at once each waits for the one before it.
    ///
    /// ```
    /// # use superconfig::SuperConfig;
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let directory = tempfile::tempdir()?;
    /// # let file = directory.path().join("app.toml");
    /// std::fs::write(&file, "port = 8080")?;
    /// let settings = SuperConfig::<Settings>::new().with_file(&file).build()?;
    ///
    /// std::fs::write(&file, "port = 9000")?;
    /// settings.reload()?;
    /// assert_eq!(settings.get().port, 9000);
    ///
    /// std::fs::write(&file, "port = 'none'")?;
    /// assert!(settings.reload().is_err());
    /// assert_eq!(settings.get().port, 9000);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`](crate::SuperConfig::build), and then the last good configuration stays. Also:
    /// a source or validation panicked (`SC0802`); what `with_defaults` was given cannot be had
    /// again, or a source or validation itself reloads (`SC0801`).
    pub fn reload(&self) -> Result<Option<Change<T>>, ConfigError> {
        self.live.reload()
    }

    /// Reloads when files change, on a thread that ends when the watch is dropped or with the last
    /// handle.
    ///
    /// Every file that took part is watched, and every place where one was looked for and not
    /// found, so that a new file counts; files of variables and of secrets, too, and directories
    /// that patterns lead into. What was written while it was read is read again, and the same
    /// bytes are no change. `docs/RELOADING.md` says what can be relied upon.
    ///
    /// Callbacks run on a thread of their own, so that one that hangs does not end the watching.
    /// Where the system does not tell about changes, files are polled, and callbacks of
    /// [`on_error`](Self::on_error) are told so (`SC0803`).
    ///
    /// ```
    /// # use superconfig::{SuperConfig, WatchOptions};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let directory = tempfile::tempdir()?;
    /// # let file = directory.path().join("app.toml");
    /// std::fs::write(&file, "port = 8080")?;
    /// let settings = SuperConfig::<Settings>::new().with_file(&file).build()?;
    /// let mut changes = settings.changes();
    /// let watch = settings.watch(WatchOptions::default())?;
    ///
    /// std::fs::write(&file, "port = 9000")?;
    /// let change = changes.next_blocking().expect("there is a handle");
    /// assert_eq!(change.get().port, 9000);
    /// # drop(watch);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// No thread can be started: `SC0801`. That files cannot be watched is none.
    #[cfg(feature = "watch")]
    pub fn watch(&self, options: crate::watch::WatchOptions) -> Result<Watch, ConfigError> {
        crate::watch::watch(&self.live, options)
    }

    /// Why the last reload failed; `None` if it did not.
    pub fn last_reload_error(&self) -> Option<ConfigError> {
        self.live.failure()
    }

    /// What the last loading took that went well, whether it was the first or a reload: the time of
    /// each part, source by source, and how much there was to read.
    ///
    /// Each loading notes this anyway, at the cost of three looks at the clock for a source.
    ///
    /// ```
    /// # use superconfig::{Format, SuperConfig};
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # fn main() -> Result<(), superconfig::ConfigError> {
    /// let settings = SuperConfig::<Settings>::new()
    ///     .with_named_text("app.toml", Format::Toml, "port = 80")
    ///     .build()?;
    /// let metrics = settings.metrics();
    /// assert_eq!((metrics.sources[0].source.as_str(), metrics.bytes()), ("app.toml", 9));
    /// println!("{:?}, of which {:?} to decode", metrics.duration, metrics.decode());
    /// # Ok(())
    /// # }
    /// ```
    pub fn metrics(&self) -> LoadMetrics {
        self.live.metrics()
    }

    /// Counts the configurations that were published here; what was loaded first is 1. A reload
    /// that finds nothing new does not count.
    pub fn generation(&self) -> u64 {
        self.live.state().generation
    }

    /// What waits for a restart: settings declared as `restart_required` about which the sources
    /// say something else now than when the program was started. `old` is in force, `new` is what
    /// a restart would make of it.
    pub fn pending(&self) -> Vec<Changed> {
        self.live.state().pending()
    }

    /// Calls a function after each reload that changed a setting that the pattern means.
    ///
    /// | pattern | means |
    /// | --- | --- |
    /// | `database.url` | this setting; for a struct, a list or a map, anything in it |
    /// | `database.*` | the settings directly in `database`, one level |
    /// | `database.**` | everything in `database` |
    /// | `**` | everything |
    ///
    /// The function is called after the new value is published, on the thread that reloads, and
    /// never twice at once. While it runs, further changes are joined to one, which it is told
    /// next: it may miss what lay between, never gets an earlier value after a later one, and
    /// always gets the last. It may reload, cancel, and drop handles. When it panics, that goes to
    /// [`on_error`](Self::on_error), and it is called again for the next change.
    ///
    /// A function that holds a handle of the same configuration keeps it alive;
    /// [`Change::get`] gives the value without one.
    ///
    /// A pattern that can mean no setting is a mistake that is told to `on_error`, whenever that
    /// is added, and by [`Subscription::problem`].
    ///
    /// ```
    /// # use superconfig::SuperConfig;
    /// # #[derive(SuperConfig)]
    /// # struct Database { url: String }
    /// # #[derive(SuperConfig)]
    /// # struct Settings { #[config(nested)] database: Database }
    /// # fn watch(settings: superconfig::ConfigHandle<Settings>) {
    /// settings.on_change("database.*", |change| println!("now at {}", change.get().database.url));
    /// settings.on_error(|error| eprintln!("the configuration stays as it is: {error}"));
    /// # }
    /// ```
    pub fn on_change(
        &self,
        pattern: &str,
        callback: impl FnMut(&Change<T>) + Send + 'static,
    ) -> Subscription {
        self.live.tell().on_change(pattern, callback)
    }

    /// Calls a function when a reload fails, once for each content that is wrong: the same files
    /// with the same errors are told once. Also when a callback panics, and for a pattern of
    /// [`on_change`](Self::on_change) that means nothing.
    pub fn on_error(&self, callback: impl FnMut(&ConfigError) + Send + 'static) -> Subscription {
        self.live.tell().on_error(callback)
    }

    /// The changes from now on, to be waited for with or without a runtime.
    ///
    /// ```no_run
    /// # use superconfig::SuperConfig;
    /// # #[derive(SuperConfig)]
    /// # struct Settings { port: u16 }
    /// # async fn listen(settings: superconfig::ConfigHandle<Settings>) {
    /// let mut changes = settings.changes();
    /// while let Some(change) = changes.next().await {
    ///     println!("{change}");
    /// }
    /// # }
    /// ```
    pub fn changes(&self) -> Changes<T> {
        Changes::new(self.live.tell().stream())
    }

    /// Reloads whenever the process is sent SIGHUP, until what this gives is dropped. What goes wrong
    /// is told to [`on_error`](Self::on_error). A thread waits for the signal; it does not keep
    /// the configuration alive.
    ///
    /// From then on the signal no longer ends the process, not even after it was dropped: there
    /// is no way back to what a signal did before.
    ///
    /// # Errors
    ///
    /// The system allows no handler, or no thread: `SC0801`.
    #[cfg(all(unix, feature = "signal"))]
    pub fn reload_on_sighup(&self) -> Result<crate::reload::OnSighup, ConfigError> {
        crate::reload::OnSighup::new(&self.live)
    }
}
