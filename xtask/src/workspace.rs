//! Where the repository is and which files belong to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// The repository that `cargo xtask` was started in.
pub(crate) struct Workspace {
    /// The folder that holds the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
}

impl Workspace {
    /// Asks the environment at run time, not `env!` at build time: several checkouts may share one
    /// target directory, and each of them means itself.
    pub(crate) fn find() -> Outcome<Self> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .ok_or("start this with `cargo xtask`, so that cargo says where the workspace is")?;
        let root = Path::new(&package).parent().ok_or("the xtask package has no parent folder")?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// A file or folder of the repository, named from its root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        let folder = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        self.root.join(folder)
    }

    /// Reads a text file of the repository.
    pub(crate) fn read(&self, relative: &str) -> Outcome<String> {
        std::fs::read_to_string(self.path(relative)).map_err(|error| format!("{relative}: {error}"))
    }

    /// Writes a text file of the repository.
    pub(crate) fn write(&self, relative: &str, text: &str) -> Outcome {
        std::fs::write(self.path(relative), text).map_err(|error| format!("{relative}: {error}"))
    }

    /// Every file that is tracked or would be with the next `git add`, named from the root with `/`.
    pub(crate) fn files(&self) -> Outcome<Vec<String>> {
        let listing = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&self.root)
            .output()
            .map_err(|error| {
                format!("`git` lists the files to check and could not run: {error}")
            })?;
        if !listing.status.success() {
            let reason = String::from_utf8_lossy(&listing.stderr);
            return Err(format!("`git ls-files` failed: {}", reason.trim()));
        }
        let mut files: Vec<String> = String::from_utf8_lossy(&listing.stdout)
            .split_terminator('\0')
            // A file that was deleted but not yet committed is still listed, and so is a folder link.
            .filter(|name| self.path(name).is_file())
            .map(str::to_owned)
            .collect();
        files.sort();
        files.dedup();
        Ok(files)
    }
}
