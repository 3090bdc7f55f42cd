use super::super::testing::World;
use super::super::{File, Source};
use super::*;

fn load(world: World) -> World {
    world.load(&File::required("a.toml"))
}

#[test]
fn a_missing_file_is_told_from_where_to_where() {
    let world = load(World::new().file("a.yaml", ""));
    assert_eq!(
        world.report(),
        "error[SC0401]: the file does not exist
 --> a.toml
  = it was looked for at ~/a.toml
  = did you mean a.yaml?
  = use `with_file_opt` if it may be missing

1 error"
    );
    let world = World::new().load(&File::required("~/conf/a.toml"));
    assert!(world.report().contains("there is no directory"), "{}", world.report());
    assert!(world.report().contains("`~` is the shell's"), "{}", world.report());
    let world = World::new().file("config.toml", "").load(&File::required("cofnig.toml"));
    assert_eq!(world.problem().help[1], "did you mean config.toml?");
    let world = World::new().file("a.toml", "").load(&File::required("a.toml/b.toml"));
    assert_eq!(world.problem().code, Code::FileNotFound);
}

#[test]
fn a_file_beyond_the_limit_is_refused_by_its_size() {
    let mut world = World::new().file("a.toml", "");
    // A sparse file: nothing is written, and nothing may be read.
    let file = std::fs::OpenOptions::new().write(true).open(world.path("a.toml")).expect("ours");
    file.set_len(1 << 40).expect("sparse");
    world = load(world);
    assert_eq!(
        world.report(),
        "error[SC0304]: the file has 1099511627776 bytes, and the limit is 16777216
 --> a.toml
  = raise `Limits::file_bytes` by `with_limits` if the file is meant to be so large

1 error"
    );
}

#[test]
fn the_limit_is_the_largest_size_that_is_read() {
    for (size, fine) in [(9, true), (10, true), (11, false)] {
        let mut world = World::new().file("a.toml", "#".repeat(size));
        world.limits.file_bytes = 10;
        world = load(world);
        assert_eq!(world.problems.is_empty(), fine, "{size}: {:?}", world.problems);
    }
}

#[test]
fn a_file_that_has_grown_since_is_refused_while_reading() {
    // Files of `/proc` have no size, as a file that grows has not the size that it says.
    if !Path::new("/proc/self/status").exists() {
        return;
    }
    let limits = Limits { file_bytes: 10, ..Limits::default() };
    let reading = Reading { limits: &limits, strict: None };
    let path = "/proc/self/status";
    let problem = reading.read(&path.into(), Path::new(path), Trust::Named).expect_err("too large");
    assert_eq!(problem.message, "the file is larger than the limit of 10 bytes");
    let reading = Reading { limits: &Limits::default(), strict: None };
    let content = reading.read(&path.into(), Path::new(path), Trust::Named);
    assert!(content.is_ok_and(|content| content.is_some_and(|c| c.text.contains("Uid:"))));
}

#[test]
fn text_that_is_not_utf_8_is_told_where() {
    let world = load(World::new().file("a.toml", b"a = 1\nb = \"\xe9\"\n"));
    assert_eq!(
        world.report(),
        "error[SC0305]: the text is not UTF-8 (line 2, byte offset 11)
 --> a.toml:2:6
  = save the file as UTF-8

1 error"
    );
    for mark in [b"\xff\xfea\0".as_slice(), b"\xfe\xff\0a"] {
        let world = load(World::new().file("a.toml", mark));
        assert_eq!(world.problem().message, "the text is not UTF-8 (line 1, byte offset 0)");
        assert_eq!(
            world.problem().help,
            ["the first bytes are those of UTF-16: save the file as UTF-8"]
        );
    }
}

#[test]
fn a_directory_is_no_file() {
    let world = load(World::new().directory("a.toml"));
    assert_eq!(
        world.report(),
        "error[SC0402]: this is a directory, and a regular file is expected
 --> a.toml
  = name a file in it, or read all of its files by `with_glob`

1 error"
    );
}

#[cfg(unix)]
mod on_unix {
    use super::*;

    #[test]
    fn a_pipe_a_socket_and_a_device_are_refused_without_waiting() {
        let world = World::new();
        let made = std::process::Command::new("mkfifo").arg(world.path("a.toml")).status();
        if made.is_ok_and(|status| status.success()) {
            let message = "this is a named pipe, and a regular file is expected";
            assert_eq!(load(world).problem().message, message);
        }
        let world = World::new();
        let _socket =
            std::os::unix::net::UnixListener::bind(world.path("a.toml")).expect("a socket");
        let world = load(world);
        assert_eq!(world.problem().message, "this is a socket, and a regular file is expected");
        let world = load(World::new().link("a.toml", "/dev/zero"));
        assert_eq!(world.problem().message, "this is a device, and a regular file is expected");
        assert_eq!(world.problem().code, Code::NotAFile);
    }

    #[test]
    fn links_of_a_named_file_are_followed() {
        load(World::new().file("other/x.toml", "").link("a.toml", "other/x.toml")).assert_fine();
        let world = load(World::new().link("a.toml", "gone.toml"));
        assert_eq!(world.problem().code, Code::FileNotFound);
        assert_eq!(world.problem().help[1], "it is a link to gone.toml, which leads nowhere");
    }

    #[test]
    fn a_loop_of_links_and_a_long_name_cannot_be_read() {
        let world = World::new().link("a.toml", "a.toml").load(&File::optional("a.toml"));
        assert_eq!(world.problem().code, Code::Unreadable);
        assert_eq!(world.problem().message, "it cannot be read");
        assert!(world.problem().source.is_some());
        let world = World::new().load(&File::optional("x".repeat(5_000)));
        assert_eq!(world.problem().code, Code::Unreadable);
        let world = World::new().load(&File::optional("a\0b"));
        assert_eq!(world.problem().code, Code::Unreadable);
    }

    #[test]
    fn a_file_that_may_not_be_read_is_never_absent() {
        let world = World::new().file("a.toml", "").mode("a.toml", 0o000);
        // Root may read everything.
        if std::fs::read(world.path("a.toml")).is_err() {
            let world = world.load(&File::optional("a.toml"));
            assert_eq!(world.problem().code, Code::Unreadable);
            assert_eq!(world.problem().message, "this process may not read it");
        }
    }

    #[test]
    fn a_file_that_everyone_may_write_is_refused_or_worth_a_warning() {
        let world = || World::new().file("a.toml", "").mode("a.toml", 0o666);
        let mut strict = world();
        strict.strict = Some(true);
        assert_eq!(
            load(strict).report(),
            "error[SC0404]: everyone may write the file
 --> a.toml
  = take that right away (`chmod o-w`)
  = `strict_permissions(false)` makes this a warning

1 error"
        );
        let mut lax = world();
        lax.strict = Some(false);
        let lax = load(lax);
        assert!(lax.problems.is_empty(), "{:?}", lax.problems);
        assert_eq!(lax.warnings[0].message, "everyone may write the file");
    }

    #[test]
    fn root_is_warned_of_a_named_file_of_another() {
        let world = World::new().file("a.toml", "").mode("a.toml", 0o644);
        if world.give_away("a.toml") {
            let world = load(world);
            assert!(world.problems.is_empty(), "{:?}", world.problems);
            assert_eq!(
                world.warnings[0].message,
                "the file belongs to user 12345, who may write it"
            );
        }
    }

    #[test]
    fn a_secret_that_everyone_may_read_is_worth_a_warning() {
        let missing = secret(Path::new("/none"), &Limits::default(), None).expect_err("none");
        assert_eq!(missing.code, Code::FileNotFound);
        let world = World::new().file("key", "hunter2").mode("key", 0o644);
        let read = |world: &World| {
            secret(&world.path("key"), &Limits::default(), None).expect("it can be read")
        };
        let warning = read(&world).warning.expect("a warning");
        assert_eq!(warning.message, "the file holds a secret, and everyone may read it");
        assert!(read(&world.mode("key", 0o600)).warning.is_none());
    }

    #[test]
    fn a_working_directory_that_is_gone_is_no_panic() {
        let world = World::new().at("gone");
        std::fs::remove_dir(world.path("gone")).expect("ours");
        let sources: [&dyn Source; 2] =
            [&File::optional("a.toml"), &super::super::super::Discovery::new("orders")];
        let mut world = world;
        for source in sources {
            world = world.load(source);
            world.assert_fine();
        }
    }
}
