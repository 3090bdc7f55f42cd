use super::super::testing::World;
use super::*;

fn glob(pattern: &str) -> Glob {
    Glob::new(pattern)
}

fn ordered(pattern: &str, order: GlobOrder) -> Glob {
    Glob::new(pattern).with_options(GlobOptions { order, ..GlobOptions::default() })
}

fn world() -> World {
    World::new()
        .file("conf.d/b.toml", "1234")
        .file("conf.d/a.toml", "12")
        .file("conf.d/10.toml", "")
        .file("conf.d/9.toml", "123")
        .file("conf.d/c.yaml", "")
}

#[test]
fn files_come_in_the_order_that_is_asked_for() {
    let names =
        |order| world().load(&ordered("conf.d/*.toml", order)).names().replace("conf.d/", "");
    assert_eq!(names(GlobOrder::Name), "10.toml 9.toml a.toml b.toml");
    assert_eq!(names(GlobOrder::Reverse), "b.toml a.toml 9.toml 10.toml");
    assert_eq!(names(GlobOrder::Size), "10.toml a.toml 9.toml b.toml");
    let world = world();
    for (age, name) in ["a", "10", "b", "9"].iter().enumerate() {
        let path = world.path(format!("conf.d/{name}.toml"));
        let file = std::fs::OpenOptions::new().write(true).open(path).expect("ours");
        let time =
            std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000 + age as u64);
        file.set_modified(time).expect("ours");
    }
    let world = world.load(&ordered("conf.d/*.toml", GlobOrder::Modified));
    assert_eq!(world.names().replace("conf.d/", ""), "a.toml 10.toml b.toml 9.toml");
}

#[test]
fn what_is_nearer_or_what_the_program_says_comes_last() {
    let world = || {
        World::new()
            .file("d/a/b/0.toml", "")
            .file("d/a/z.toml", "")
            .file("d/y.toml", "")
            .file("d/b/x.toml", "")
    };
    let names = |order| world().load(&ordered("d/**/*.toml", order)).names();
    assert_eq!(names(GlobOrder::Name), "d/a/b/0.toml d/a/z.toml d/b/x.toml d/y.toml");
    assert_eq!(names(GlobOrder::Depth), "d/y.toml d/a/z.toml d/b/x.toml d/a/b/0.toml");
    let by_file = GlobOrder::Custom(|a, b| b.file_name().cmp(&a.file_name()));
    assert_eq!(names(by_file), "d/a/z.toml d/y.toml d/b/x.toml d/a/b/0.toml");
    let all_alike = GlobOrder::Custom(|_, _| Ordering::Equal);
    assert_eq!(names(all_alike), names(GlobOrder::Name));
}

#[test]
fn no_match_is_a_place_that_was_looked_at() {
    for pattern in ["conf.d/*.json", "none/**/*.toml", "conf.d/a.toml/*"] {
        let world = world().load(&glob(pattern));
        world.assert_fine();
        assert_eq!(world.looked(), [format!("-{pattern}")]);
    }
}

#[test]
fn hidden_files_and_those_left_behind_are_for_those_who_ask() {
    let world = || {
        World::new()
            .file("d/.hidden.toml", "")
            .file("d/a.toml", "")
            .file("d/a.toml~", "")
            .file("d/.a.toml.swp", "")
            .file("d/b.toml.dpkg-old", "")
            .file("d/.git/x.toml", "")
    };
    assert_eq!(world().load(&glob("d/*")).names(), "d/a.toml");
    assert_eq!(world().load(&glob("**/*.toml")).names(), "d/a.toml");
    assert_eq!(world().load(&glob("d/.*.toml")).names(), "d/.hidden.toml");
    assert_eq!(world().load(&glob("d/*~")).names(), "d/a.toml~");
}

#[test]
fn the_directory_before_the_pattern_is_no_pattern() {
    let world = World::new().file("[x]/conf.d/a.toml", "").file("x/conf.d/b.toml", "").at("[x]");
    assert_eq!(world.load(&glob("conf.d/*.toml")).names(), "conf.d/a.toml");
    let world = World::new().file("[x]/a.toml", "");
    let options = GlobOptions { roots: vec!["[x]".into()], ..GlobOptions::default() };
    assert_eq!(world.load(&glob("*.toml").with_options(options)).names(), "[x]/a.toml");
}

#[test]
fn several_roots_come_one_after_the_other() {
    let world = World::new().file("two/a.toml", "").file("one/b.toml", "").file("one/x/c.toml", "");
    let options = GlobOptions {
        roots: vec!["one".into(), "two".into(), "three".into()],
        max_depth: Some(0),
        ..GlobOptions::default()
    };
    let world = world.load(&glob("**/*.toml").with_options(options.clone()));
    assert_eq!(world.names(), "one/b.toml two/a.toml");
    assert!(world.looked().contains(&"-three/**/*.toml".to_owned()), "{:?}", world.looked());
    let world = World::new().load(&glob("/etc/*.toml").with_options(options));
    assert_eq!(
        world.problem().message,
        "`/etc/*.toml`: an absolute pattern has no place in `roots`"
    );
}

#[test]
fn a_bad_pattern_names_the_place() {
    let world = World::new().load(&glob("conf.d/[a.toml"));
    assert_eq!(
        world.report(),
        "error[SC0405]: `conf.d/[a.toml`: invalid range pattern (character 8)
  = a `[` that is a character is written `[[]`

1 error"
    );
    let world = World::new().load(&glob("*.{toml,yaml}"));
    assert_eq!(
        world.problem().message,
        "`*.{toml,yaml}`: braces are no part of patterns (character 3)"
    );
}

#[test]
fn the_way_upwards_is_for_those_who_ask() {
    let world = || World::new().file("shared/a.toml", "").at("work");
    let refused = world().load(&glob("../shared/*.toml"));
    assert_eq!(refused.problem().code, Code::BadGlob);
    assert_eq!(refused.problem().help, ["`Glob::with_parents` allows it"]);
    let world = world().load(&glob("../shared/*.toml").with_parents());
    world.assert_fine();
    assert_eq!(world.names(), "../shared/a.toml");
    let pattern = World::new().file("x/a.toml", "");
    let absolute = glob(&format!("{}/*.toml", pattern.path("x").display()));
    assert_eq!(pattern.load(&absolute).names(), "~/x/a.toml");
}

#[test]
fn more_files_than_the_limit_are_refused() {
    let mut world = world();
    world.limits.glob_files = 3;
    let world = world.load(&glob("conf.d/*.toml"));
    assert_eq!(world.problem().code, Code::TooLarge);
    assert_eq!(world.problem().message, "`conf.d/*.toml` matches more than 3 files");
    assert_eq!(world.names(), "");
}

#[test]
fn files_of_profiles_come_last_or_not_at_all() {
    let world = World::new()
        .file("d/a.toml", "")
        .file("d/a.eu.toml", "")
        .file("d/b.toml", "")
        .file("d/b.v2.toml", "")
        .file("d/a.staging.toml", "")
        .profiles(&["staging", "eu"]);
    let world = world.load(&glob("d/*.toml"));
    assert_eq!(
        world.names(),
        "d/a.toml d/b.toml d/b.v2.toml d/a.staging.toml@staging d/a.eu.toml@eu"
    );
}

#[cfg(unix)]
mod on_unix {
    use super::*;

    #[test]
    fn links_stay_inside() {
        let world = World::new()
            .file("work/available/x.toml", "")
            .file("secret.toml", "")
            .link("work/conf.d/in.toml", "../available/x.toml")
            .link("work/conf.d/evil.toml", "../../secret.toml")
            .link("work/conf.d/loop", "..")
            .link("work/conf.d/gone.toml", "nothing")
            .at("work");
        let world = world.load(&glob("conf.d/**/*.toml"));
        assert_eq!(world.names(), "conf.d/in.toml");
        let mut report = world.report();
        for text in [
            "a link that leads nowhere",
            "a link that leads out of the directory, to ~/secret.toml",
            "`GlobOptions { follow_links: true, .. }` follows links anywhere",
        ] {
            assert!(report.contains(text), "{report}");
            report = report.replacen(text, "", 1);
        }
        assert_eq!(world.problems.len(), 2, "{report}");
    }

    #[test]
    fn links_are_followed_anywhere_once_for_those_who_ask() {
        let world = World::new()
            .file("outside/d/x.toml", "")
            .link("work/a.toml", "../outside/d/x.toml")
            .link("work/d", "../outside/d")
            .link("work/loop", ".")
            .link("work/gone.toml", "nothing")
            .at("work");
        let options = GlobOptions { follow_links: true, ..GlobOptions::default() };
        let world = world.load(&glob("**/*.toml").with_options(options));
        assert_eq!(world.problem().message, "a link that leads nowhere");
        assert_eq!(world.names(), "a.toml d/x.toml");
    }

    #[test]
    fn the_links_of_kubernetes_are_read_once() {
        let world = World::new()
            .file("conf.d/..2026_11_21/a.toml", "")
            .link("conf.d/..data", "..2026_11_21")
            .link("conf.d/a.toml", "..data/a.toml");
        let world = world.load(&glob("conf.d/**/*.toml"));
        world.assert_fine();
        assert_eq!(world.names(), "conf.d/a.toml");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf_8_is_named() {
        use std::os::unix::ffi::OsStrExt;
        let odd = Path::new(std::ffi::OsStr::from_bytes(b"d/a\xff.toml"));
        let world = World::new().file(odd, "").file("d/b.toml", "").load(&glob("d/*.toml"));
        assert_eq!(world.problem().message, "the pattern matches this name, which is not UTF-8");
        assert!(world.report().contains("d/a\u{fffd}.toml"), "{}", world.report());
        assert_eq!(world.names(), "d/b.toml");
    }

    #[test]
    fn a_pipe_is_refused_and_a_directory_is_passed_by() {
        let world = World::new().directory("d/x.toml").link("d/zero.toml", "/dev/zero");
        let options = GlobOptions { follow_links: true, ..GlobOptions::default() };
        let world = world.load(&glob("d/*.toml").with_options(options));
        assert_eq!(world.problem().code, Code::NotAFile);
    }
}
