//! Which directories have to be watched, so that nothing that matters can change unseen.
//!
//! A file is never watched itself: a save by renaming puts another one in its place, and the watch
//! would stay with the old one. Instead:
//!
//! | at | is watched |
//! | --- | --- |
//! | a file, there or not | its directory |
//! | a directory that is not there | the nearest one above that is |
//! | a link on the way, to a file or a directory | the directory that the link stands in, and the way goes on where it leads |
//! | every directory at the end of a way | the one above, too, where it would be exchanged |

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::looked::{Looked, Stamp};

/// A directory to watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    /// Which one stands at the path; another one under the same name has to be watched anew.
    pub(super) identity: (u64, u64),
    /// Whether changes could be missed without it. The one above a directory is watched as well
    /// as may be: this process often may enter it and not list it.
    pub(super) needed: bool,
}

/// More links on one way are a circle.
const LINKS: usize = 40;

/// The directories to watch, by their real paths.
pub(super) fn targets(looked: &Looked, stamp: &Stamp) -> BTreeMap<PathBuf, Target> {
    let mut found = BTreeMap::new();
    // A pattern's own path is not there; its directory is what matters.
    let parents = looked.places.iter().filter_map(|place| place.parent());
    for path in parents.chain(looked.directories.iter().map(PathBuf::as_path)).chain(stamp.paths())
    {
        trace(path, &mut found);
    }
    found
}

/// Follows a path as the system does and notes the directories on the way that matter.
fn trace(path: &Path, found: &mut BTreeMap<PathBuf, Target>) {
    let mut left: VecDeque<Step> = steps(path);
    let mut real = PathBuf::new();
    let mut links = 0;
    while let Some(step) = left.pop_front() {
        match step {
            Step::Start(start) => real = start,
            Step::Up => {
                real.pop();
            }
            Step::Into(name) => {
                let next = real.join(name);
                let Ok(target) = fs::read_link(&next) else {
                    if fs::symlink_metadata(&next).is_err() {
                        // It is not there, or nobody may look. A file where a directory is
                        // expected is not what is above it.
                        while !real.is_dir() && real.pop() {}
                        note(&real, true, found);
                        return;
                    }
                    real = next;
                    continue;
                };
                note(&real, true, found);
                links += 1;
                if links > LINKS {
                    return;
                }
                for step in steps(&target).into_iter().rev() {
                    left.push_front(step);
                }
            }
        }
    }
    if !real.is_dir() {
        real.pop();
    }
    note(&real, true, found);
    real.pop();
    note(&real, false, found);
}

enum Step {
    Start(PathBuf),
    Up,
    Into(OsString),
}

fn steps(path: &Path) -> VecDeque<Step> {
    let mut start = PathBuf::new();
    let mut steps = VecDeque::new();
    for component in path.components() {
        match component {
            Component::Prefix(_) | Component::RootDir => start.push(component),
            Component::CurDir => {}
            Component::ParentDir => steps.push_back(Step::Up),
            Component::Normal(name) => steps.push_back(Step::Into(name.to_owned())),
        }
    }
    if !start.as_os_str().is_empty() {
        steps.push_front(Step::Start(start));
    }
    steps
}

fn note(directory: &Path, needed: bool, found: &mut BTreeMap<PathBuf, Target>) {
    if let Some(known) = found.get_mut(directory) {
        known.needed |= needed;
    } else if let Ok(metadata) = fs::metadata(directory)
        && metadata.is_dir()
    {
        found.insert(directory.to_owned(), Target { identity: identity(&metadata), needed });
    }
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// Where directories have no number, the time of their making tells them apart.
#[cfg(not(unix))]
fn identity(metadata: &fs::Metadata) -> (u64, u64) {
    let made = metadata.created().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    made.map_or((0, 0), |made| (made.as_secs(), u64::from(made.subsec_nanos())))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A room whose own path holds no link, as `/tmp` does on some systems.
    fn room() -> (tempfile::TempDir, PathBuf) {
        let room = tempfile::tempdir().expect("a directory");
        let path = room.path().canonicalize().expect("a real path");
        (room, path)
    }

    /// The watched directories at or below the room, from there.
    fn of(room: &Path, places: &[&str], directories: &[&str]) -> Vec<String> {
        let below = |names: &[&str]| names.iter().map(|n| room.join(n)).collect::<Vec<_>>();
        let looked = Looked::new(below(places), below(directories));
        let all = targets(&looked, &looked.stamp());
        let inside = all.keys().filter_map(|path| path.strip_prefix(room).ok());
        inside.map(|path| format!("/{}", path.display())).collect()
    }

    fn make(room: &Path, directory: &str) {
        fs::create_dir_all(room.join(directory)).expect("made");
    }

    #[test]
    fn a_file_s_directory_and_the_one_above_are_watched() {
        let (_keep, room) = room();
        make(&room, "a/b");
        fs::write(room.join("a/b/c.toml"), "").expect("written");
        assert_eq!(of(&room, &["a/b/c.toml"], &[]), ["/a", "/a/b"]);
        assert_eq!(of(&room, &["a/b/absent.toml"], &[]), ["/a", "/a/b"]);
        assert_eq!(of(&room, &["a/b/config.*"], &[]), ["/a", "/a/b"]);
    }

    #[test]
    fn above_what_is_not_there_the_nearest_directory_is_watched() {
        let (_keep, room) = room();
        make(&room, "a");
        assert_eq!(of(&room, &["a/b/c/d.toml"], &[]), ["/a"]);
        assert_eq!(of(&room, &[], &["x/y"]), ["/"]);
        fs::write(room.join("a/b"), "").expect("a file where a directory is expected");
        assert_eq!(of(&room, &["a/b/c/d.toml"], &[]), ["/a"]);
    }

    #[test]
    fn a_link_s_directory_and_its_target_s_are_watched() {
        let (_keep, room) = room();
        make(&room, "here");
        make(&room, "there/real");
        fs::write(room.join("there/real/c.toml"), "").expect("written");
        symlink("../there/link", room.join("here/c.toml")).expect("linked");
        symlink("real/c.toml", room.join("there/link")).expect("linked");
        let all = of(&room, &["here/c.toml"], &[]);
        assert_eq!(all, ["/", "/here", "/there", "/there/real"]);
    }

    #[test]
    fn a_mounted_config_map_is_watched_at_each_step() {
        let (_keep, room) = room();
        make(&room, "mount/..2026_1");
        fs::write(room.join("mount/..2026_1/c.toml"), "").expect("written");
        symlink("..2026_1", room.join("mount/..data")).expect("linked");
        symlink("..data/c.toml", room.join("mount/c.toml")).expect("linked");
        assert_eq!(of(&room, &["mount/c.toml"], &[]), ["/", "/mount", "/mount/..2026_1"]);
    }

    #[test]
    fn a_dangling_link_is_watched_where_it_stands_and_where_it_should_lead() {
        let (_keep, room) = room();
        make(&room, "a");
        make(&room, "b");
        symlink("../b/absent.toml", room.join("a/c.toml")).expect("linked");
        assert_eq!(of(&room, &["a/c.toml"], &[]), ["/", "/a", "/b"]);
    }

    #[test]
    fn a_circle_of_links_ends() {
        let (_keep, room) = room();
        symlink("b", room.join("a")).expect("linked");
        symlink("a", room.join("b")).expect("linked");
        assert_eq!(of(&room, &["a"], &[]), ["/"]);
    }

    #[test]
    fn only_the_directory_above_is_not_needed() {
        let (_keep, room) = room();
        make(&room, "a/b");
        let looked = Looked::new([room.join("a/b/c.toml")], []);
        let all = targets(&looked, &looked.stamp());
        assert!(all[&room.join("a/b")].needed && !all[&room.join("a")].needed);
        let looked = Looked::new([room.join("a/b/c.toml"), room.join("a/c.toml")], []);
        assert!(
            targets(&looked, &looked.stamp()).values().filter(|target| target.needed).count() == 2
        );
    }

    #[test]
    fn another_directory_under_the_same_name_is_another() {
        let (_keep, room) = room();
        make(&room, "a");
        let looked = Looked::new([room.join("a/c.toml")], []);
        let before = targets(&looked, &looked.stamp());
        make(&room, "other");
        fs::remove_dir(room.join("a")).expect("removed");
        fs::rename(room.join("other"), room.join("a")).expect("renamed");
        let after = targets(&looked, &looked.stamp());
        assert_ne!(before[&room.join("a")].identity, after[&room.join("a")].identity);
    }
}
