//! Where a loading looked, and what stands there without reading it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Where a loading looked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    /// Files, there or not, and patterns such as `/etc/orders/config.*`.
    pub(crate) places: BTreeSet<PathBuf>,
    /// Directories all of whose entries matter.
    pub(crate) directories: BTreeSet<PathBuf>,
}

/// What the file system says of one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Absent,
    Closed(ErrorKind),
    File(Facts),
    /// What is in it matters where it is among the directories, and is listed there.
    Directory {
        device: u64,
        inode: u64,
    },
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Facts {
    size: u64,
    modified: Option<SystemTime>,
    /// When anything about it changed; programs cannot set this one.
    changed: Option<SystemTime>,
    device: u64,
    inode: u64,
}

/// What stood at every place, by name, size, times and identity.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    standing: BTreeMap<PathBuf, Standing>,
    taken: SystemTime,
}

/// The coarsest clock that a file system keeps (FAT). A file that changed less than so long before
/// it was looked at may change again without any of its times telling.
const COARSEST: Duration = Duration::from_secs(2);

impl Looked {
    /// Paths that are relative to a directory that nobody knows are left out.
    pub(crate) fn new(
        places: impl IntoIterator<Item = PathBuf>,
        directories: impl IntoIterator<Item = PathBuf>,
    ) -> Self {
        Self {
            places: places.into_iter().filter(|path| path.is_absolute()).collect(),
            directories: directories.into_iter().filter(|path| path.is_absolute()).collect(),
        }
    }

    /// Looks again at every place.
    pub(super) fn stamp(&self) -> Stamp {
        let taken = SystemTime::now();
        let mut standing = BTreeMap::new();
        let mut begins: BTreeMap<&Path, BTreeSet<&OsStr>> = BTreeMap::new();
        for place in &self.places {
            let (Some(directory), Some(stem)) = (place.parent(), place.file_stem()) else {
                continue;
            };
            begins.entry(directory).or_default().insert(stem);
            if place.extension() != Some(OsStr::new("*")) {
                standing.insert(place.clone(), Standing::of(place));
            }
        }
        for directory in &self.directories {
            begins.entry(directory).or_default().insert(OsStr::new(""));
        }
        for (directory, stems) in begins {
            // One that cannot be listed says nothing of names that nobody asked for.
            for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let bytes = name.as_encoded_bytes();
                // `config.production.toml` and `config.yaml` may matter beside `config.toml`, so
                // the whole family is looked at.
                if stems.iter().any(|stem| bytes.starts_with(stem.as_encoded_bytes())) {
                    let path = directory.join(&name);
                    standing.entry(path).or_insert_with_key(|path| Standing::of(path));
                }
            }
        }
        Stamp { standing, taken }
    }
}

impl Stamp {
    /// Whether everything stands as it stood in `earlier`, for sure. When in doubt it says no, and
    /// the files are read.
    pub(super) fn surely_is(&self, earlier: &Self) -> bool {
        self.says_what(earlier) && earlier.is_settled()
    }

    /// Whether nothing tells the two apart.
    pub(super) fn says_what(&self, other: &Self) -> bool {
        self.standing == other.standing
    }

    /// Whether every file was left alone for so long that a later change must show.
    fn is_settled(&self) -> bool {
        let old = |time: Option<SystemTime>| {
            time.and_then(|time| self.taken.duration_since(time).ok())
                .is_some_and(|age| age > COARSEST)
        };
        self.standing.values().all(|standing| match standing {
            Standing::File(facts) => old(facts.modified) && old(facts.changed),
            _ => true,
        })
    }

    /// Whether a file that held something in `earlier` is empty or gone: whoever writes it anew
    /// may not be done.
    pub(super) fn has_lost(&self, earlier: &Self) -> bool {
        earlier.standing.iter().any(|(path, before)| {
            let now = self.standing.get(path).copied().unwrap_or(Standing::Absent);
            let held = matches!(before, Standing::File(facts) if facts.size > 0);
            held && match now {
                Standing::Absent => true,
                Standing::File(facts) => facts.size == 0,
                _ => false,
            }
        })
    }

    /// Every path that was looked at.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.standing.keys().map(PathBuf::as_path)
    }
}

impl Standing {
    fn of(path: &Path) -> Self {
        match fs::metadata(path) {
            Ok(metadata) => Self::tell(&metadata),
            Err(error) => match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Absent,
                kind => Self::Closed(kind),
            },
        }
    }

    fn tell(metadata: &Metadata) -> Self {
        let (device, inode, changed) = identity(metadata);
        if metadata.is_dir() {
            return Self::Directory { device, inode };
        }
        let modified = metadata.modified().ok();
        Self::File(Facts { size: metadata.len(), modified, changed, device, inode })
    }
}

/// The device, the inode, and when anything about it changed.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64, Option<SystemTime>) {
    use std::os::unix::fs::MetadataExt;
    let changed = u64::try_from(metadata.ctime()).ok().and_then(|seconds| {
        let nanos = u32::try_from(metadata.ctime_nsec()).ok()?;
        SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos))
    });
    (metadata.dev(), metadata.ino(), changed)
}

/// Other systems tell neither, so nothing is ever sure there and files are always read.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64, Option<SystemTime>) {
    (0, 0, None)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    struct Room(tempfile::TempDir);

    impl Room {
        fn new() -> Self {
            Self(tempfile::tempdir().expect("a directory"))
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.at(name), text).expect("written");
        }

        fn looked(&self, places: &[&str]) -> Looked {
            Looked::new(places.iter().map(|name| self.at(name)), [])
        }
    }

    /// The same stamp, taken so much later.
    fn later(stamp: &Stamp, seconds: u64) -> Stamp {
        Stamp {
            standing: stamp.standing.clone(),
            taken: stamp.taken + Duration::from_secs(seconds),
        }
    }

    #[test]
    fn a_file_that_was_written_a_moment_ago_is_read_again() {
        let room = Room::new();
        room.write("a.toml", "x = 1");
        let looked = room.looked(&["a.toml"]);
        let first = looked.stamp();
        assert!(looked.stamp().says_what(&first));
        assert!(!looked.stamp().surely_is(&first), "its clock may be coarse");
        assert!(looked.stamp().surely_is(&later(&first, 3)));
    }

    #[test]
    fn a_rewrite_of_the_same_size_is_seen() {
        let room = Room::new();
        room.write("a.toml", "x = 1");
        let looked = room.looked(&["a.toml"]);
        let first = later(&looked.stamp(), 3);
        // Another file under the same name has another inode, whatever its times say.
        room.write("b", "x = 2");
        fs::rename(room.at("b"), room.at("a.toml")).expect("renamed");
        assert!(!looked.stamp().surely_is(&first));
    }

    #[test]
    fn the_whole_family_of_a_name_counts() {
        let room = Room::new();
        room.write("config.toml", "x = 1");
        let looked = room.looked(&["config.toml", "other.*"]);
        for name in ["config.production.yaml", "config.json", "other.toml"] {
            let before = looked.stamp();
            room.write(name, "");
            assert!(!looked.stamp().says_what(&before), "{name}");
        }
        let before = looked.stamp();
        room.write("unrelated.toml", "");
        assert!(looked.stamp().says_what(&before));
    }

    #[test]
    fn every_entry_of_a_directory_counts_where_all_matter() {
        let room = Room::new();
        let looked = Looked::new([], [room.0.path().to_owned()]);
        let before = looked.stamp();
        room.write("anything", "");
        let after = looked.stamp();
        assert!(!after.says_what(&before));
        fs::create_dir(room.at("below")).expect("made");
        assert!(!looked.stamp().says_what(&after));
    }

    #[test]
    fn what_was_emptied_or_removed_is_lost_and_what_was_empty_is_not() {
        let room = Room::new();
        room.write("full", "x");
        room.write("empty", "");
        let looked = room.looked(&["full", "empty", "absent"]);
        let before = looked.stamp();
        assert!(!looked.stamp().has_lost(&before));
        room.write("full", "");
        assert!(looked.stamp().has_lost(&before));
        fs::remove_file(room.at("full")).expect("removed");
        assert!(looked.stamp().has_lost(&before));
        room.write("full", "y");
        fs::remove_file(room.at("empty")).expect("removed");
        assert!(!looked.stamp().has_lost(&before));
    }

    #[test]
    fn a_link_stands_for_where_it_leads() {
        let room = Room::new();
        room.write("one", "x");
        room.write("two", "x");
        std::os::unix::fs::symlink("one", room.at("link")).expect("linked");
        let looked = room.looked(&["link"]);
        let before = looked.stamp();
        fs::remove_file(room.at("link")).expect("removed");
        std::os::unix::fs::symlink("two", room.at("link")).expect("linked");
        assert!(!looked.stamp().says_what(&before));
    }

    #[test]
    fn relative_paths_and_empty_ones_are_left_out() {
        let looked = Looked::new(["$HOME/.config/x/config.*".into(), PathBuf::new()], ["".into()]);
        assert_eq!(looked, Looked::default());
        assert_eq!(looked.stamp().paths().count(), 0);
    }
}
