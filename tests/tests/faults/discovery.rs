//! Names from outside, and the search for files: rows 48, 51 and 52.

use std::fs;
use std::path::{Path, PathBuf};

use superconfig::SuperConfig;

use crate::{NOTHING, Row, Settings, directory, within, write};

const ADVICE: &str = "a name is made of 1 to 64 of A-Z, a-z, 0-9, `_` and `-`";

#[test]
fn row_48_the_name_of_a_profile_is_no_path() {
    let mut row = Row::new(48);
    let directory = directory(&[("a.toml", ""), ("x.toml", "port = 666")]);
    let long = "x".repeat(300);
    for (name, expected) in [
        ("../x", "the profile \"../x\" has a '.' in its name"),
        ("a/b", "the profile \"a/b\" has a '/' in its name"),
        (".", "the profile \".\" has a '.' in its name"),
        ("..", "the profile \"..\" has a '.' in its name"),
        ("a\0b", "the profile \"a\\0b\" has a '\\0' in its name"),
        ("CON", "the profile \"CON\" has the name of a device"),
        ("lpt1", "the profile \"lpt1\" has the name of a device"),
        ("a\\b", "the profile \"a\\\\b\" has a '\\\\' in its name"),
        ("ü", "the profile \"ü\" has a 'ü' in its name"),
        ("a b", "the profile \"a b\" has a ' ' in its name"),
        ("\u{1b}[31m", "the profile \"\\u{1b}[31m\" has a '\\u{1b}' in its name"),
        (&long, "the name of the profile has 300 bytes"),
    ] {
        let expected = format!("{expected} = {ADVICE}");
        let config = within(directory.path()).with_file("a.toml").select_profile(name);
        row.refused(name, config, &[&format!("SC0601 {expected}")]);
        let config = SuperConfig::<Settings>::new()
            .with_env_vars([("APP_PROFILE", name)])
            .with_directory(directory.path())
            .with_file("a.toml")
            .select_profile_from("APP_PROFILE");
        row.refused(name, config, &[&format!("SC0601 variable APP_PROFILE: {expected}")]);
    }
    row.end();
}

#[test]
fn row_48_the_name_of_an_application_is_no_path() {
    let mut row = Row::new(48);
    let directory = directory(&[("x.toml", "port = 666")]);
    let sub = directory.path().join("sub");
    fs::create_dir(&sub).expect("a directory");
    let long = "x".repeat(300);
    for (name, expected) in [
        ("../x", "the application \"../x\" has a '.' in its name"),
        ("/etc/x", "the application \"/etc/x\" has a '/' in its name"),
        ("", "the application has an empty name"),
        (".", "the application \".\" has a '.' in its name"),
        ("nul", "the application \"nul\" has the name of a device"),
        (&long, "the name of the application has 300 bytes"),
    ] {
        let expected = format!("SC0601 {expected} = {ADVICE}");
        row.refused(name, within(&sub).with_hierarchical(name), &[&expected]);
    }
    row.end();
}

/// Discovery in `directory`, with these variables.
fn search(directory: &Path, variables: &[(&str, &Path)]) -> SuperConfig<Settings> {
    SuperConfig::new()
        .with_env_vars(variables.iter().copied())
        .with_directory(directory.join("work"))
        .with_root(directory)
        .with_hierarchical("orders")
}

#[test]
fn row_51_relative_places_are_ignored() {
    let mut row = Row::new(51);
    let directory = directory(&[
        ("work/.config/orders/config.toml", "port = 666"),
        ("work/relative/orders/config.toml", "port = 666"),
        ("home/.config/orders/config.toml", "port = 5"),
    ]);
    let home = directory.path().join("home");
    let relative = Path::new("relative");
    for (case, variables, port) in [
        ("HOME", vec![("HOME", &*home)], 5),
        ("XDG_CONFIG_HOME", vec![("XDG_CONFIG_HOME", relative), ("HOME", &*home)], 5),
        ("empty", vec![("XDG_CONFIG_HOME", Path::new("")), ("HOME", &*home)], 5),
        ("XDG_CONFIG_DIRS", vec![("XDG_CONFIG_DIRS", relative)], 1),
        ("a relative HOME", vec![("HOME", Path::new("."))], 1),
        ("no HOME", vec![], 1),
    ] {
        let config = || search(directory.path(), &variables);
        row.loaded(case, config(), |settings| settings.port, port);
        row.warned(case, config(), &[]);
    }
    row.end();
}

#[cfg(not(any(windows, target_vendor = "apple")))]
#[test]
fn row_51_the_list_of_places_says_that_there_is_no_home() {
    let mut row = Row::new(51);
    let directory = directory(&[("work/x", "")]);
    let handle = search(directory.path(), &[]).build().expect("all is well");
    let places: Vec<_> = handle.places().iter().map(|place| (&*place.path, place.found)).collect();
    let user = Path::new("$HOME/.config/orders/config.*");
    row.equal("no HOME", &places.contains(&(user, false)), &true);
    let handle =
        search(directory.path(), &[("HOME", Path::new("/"))]).build().expect("all is well");
    let user = Path::new("/.config/orders/config.*");
    row.equal("HOME=/", &handle.places().iter().any(|place| place.path == user), &true);
    row.end();
}

#[test]
fn row_51_a_working_directory_that_is_gone_is_no_panic() {
    let mut row = Row::new(51);
    let directory = directory(&[("etc/orders/config.toml", "port = 5")]);
    // `work` was never made.
    row.loaded("gone", search(directory.path(), &[]), |settings| settings.port, 5);
    let work = directory.path().join("work");
    let work = work.display();
    let expected = format!(
        "SC0401 a.toml: the file does not exist = it was looked for at {work}/a.toml = there is no \
         directory {work} = use `with_file_opt` if it may be missing"
    );
    row.refused("a file", search(directory.path(), &[]).with_file("a.toml"), &[&expected]);
    row.warned("an optional file", search(directory.path(), &[]).with_file_opt("a.toml"), &[]);
    row.warned("a glob", search(directory.path(), &[]).with_glob("*.toml"), &[]);
    row.end();
}

fn upwards(directory: &Path, work: &str) -> SuperConfig<Settings> {
    SuperConfig::new()
        .with_env_vars(NOTHING)
        .with_directory(directory.join(work))
        .with_root(directory)
        .with_hierarchical("orders")
}

#[test]
fn row_52_the_search_upwards_stops_at_a_marker_and_at_the_root() {
    let mut row = Row::new(52);
    let directory = directory(&[
        ("orders.toml", "port = 666"),
        ("root/orders.toml", "port = 5"),
        ("root/project/orders.toml", "port = 6"),
        ("root/project/sub/deep/x", ""),
        ("root/git/.git/HEAD", ""),
        ("root/git/sub/x", ""),
        ("root/hg/.hg/x", ""),
        ("root/jj/.jj/x", ""),
        ("root/worktree/.git", "gitdir: elsewhere"),
    ]);
    let root = directory.path().join("root");
    for (work, port) in [
        ("project/sub/deep", 6),
        ("project", 6),
        ("", 5),
        ("git/sub", 1),
        ("git", 1),
        ("hg", 1),
        ("jj", 1),
        ("worktree", 1),
    ] {
        row.loaded(work, upwards(&root, work), |settings| settings.port, port);
    }
    row.end();
}

#[cfg(unix)]
#[test]
fn row_52_the_search_stops_below_a_directory_that_everyone_may_write() {
    use std::os::unix::fs::PermissionsExt;
    let mut row = Row::new(52);
    let directory = directory(&[("shared/orders.toml", "port = 666"), ("shared/mine/x", "")]);
    let shared = directory.path().join("shared");
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o1777)).expect("a directory of ours");
    row.loaded("shared", upwards(directory.path(), "shared/mine"), |settings| settings.port, 1);
    row.end();
}

/// Only root can give a directory away; for others this is a test of nothing.
#[cfg(unix)]
#[test]
fn row_52_the_search_stops_below_the_directory_of_another() {
    let mut row = Row::new(52);
    let directory = directory(&[("theirs/orders.toml", "port = 666"), ("theirs/mine/x", "")]);
    let theirs = directory.path().join("theirs");
    if std::os::unix::fs::chown(&theirs, Some(12_345), None).is_err() {
        return eprintln!("skipped: this process may not give a directory away");
    }
    row.loaded("theirs", upwards(directory.path(), "theirs/mine"), |settings| settings.port, 1);
    row.end();
}

#[test]
fn row_52_the_search_in_a_very_deep_directory_ends() {
    let mut row = Row::new(52);
    let directory = directory(&[("orders.toml", "port = 666")]);
    let deep: PathBuf = std::iter::repeat_n("d", 200).collect();
    write(directory.path(), &deep.join("orders.toml").to_string_lossy(), "port = 5");
    let config = upwards(directory.path(), &deep.to_string_lossy());
    row.loaded("200 levels", config, |settings| settings.port, 5);
    row.end();
}
