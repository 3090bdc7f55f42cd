use super::super::testing::World;
use super::*;

fn orders() -> Discovery {
    Discovery::new("orders")
}

/// A project in a home, so that searches end there.
fn world() -> World {
    World::new().variable("HOME", "~/home/me").directory("home/me/p/.git").at("home/me/p/a/b")
}

#[cfg(all(unix, not(target_vendor = "apple")))]
#[test]
fn places_come_from_the_system_s_to_the_working_directory() {
    let world = world()
        .file("etc/orders/config.yaml", "")
        .file("home/me/.config/orders/config.json", "{}")
        .file("home/me/p/orders.toml", "")
        .file("home/me/p/.config/orders.toml", "")
        .file("home/me/p/a/.orders.yml", "")
        .file("home/me/p/a/b/orders.toml", "")
        .file("home/me/p/a/b/.orders.toml", "")
        .file("home/me/p/a/b/.config/orders.json", "{}")
        .file("home/me/p/a/b/orders.txt", "")
        .file("home/me/p/a/b/orders-old.toml", "")
        .file("home/me/orders.toml", "")
        .load(&orders());
    world.assert_fine();
    assert_eq!(
        world.names(),
        "~/etc/orders/config.yaml ~/home/me/.config/orders/config.json ~/home/me/p/orders.toml \
         ~/home/me/p/.config/orders.toml ~/home/me/p/a/.orders.yml orders.toml .orders.toml \
         .config/orders.json"
    );
}

#[cfg(all(unix, not(target_vendor = "apple")))]
#[test]
fn every_place_is_listed_found_or_not() {
    let world = world().file("home/me/p/a/b/.orders.toml", "").load(&orders());
    assert_eq!(
        world.looked(),
        [
            "-etc/orders/config.*",
            "-home/me/.config/orders/config.*",
            "-home/me/p/orders.*",
            "-home/me/p/.orders.*",
            "-home/me/p/.config/orders.*",
            "-home/me/p/a/orders.*",
            "-home/me/p/a/.orders.*",
            "-home/me/p/a/.config/orders.*",
            "-home/me/p/a/b/orders.*",
            "+home/me/p/a/b/.orders.toml",
            "-home/me/p/a/b/.config/orders.*",
        ]
    );
}

#[test]
fn files_of_profiles_stand_beside() {
    let world = world()
        .file("home/me/p/orders.production.toml", "")
        .file("home/me/p/a/b/orders.toml", "")
        .file("home/me/p/a/b/orders.production.yaml", "")
        .file("home/me/p/a/b/orders.staging.toml", "")
        .profiles(&["production", "../x"])
        .load(&orders());
    world.assert_fine();
    assert_eq!(
        world.names(),
        "~/home/me/p/orders.production.toml@production orders.toml orders.production.yaml@production"
    );
}

#[test]
fn two_files_of_one_stem_are_an_error() {
    let world = world()
        .file("home/me/p/a/b/orders.toml", "")
        .file("home/me/p/a/b/orders.yaml", "")
        .load(&orders());
    assert_eq!(world.problem().code, Code::TwoFiles);
    let expected =
        "`orders.toml` and `orders.yaml` are both here, and neither comes before the other";
    assert_eq!(world.problem().message, expected);
    // Of different stems, the later place counts.
    let world =
        self::world().file("home/me/p/a/b/orders.toml", "").file("home/me/p/a/b/.orders.yaml", "");
    world.load(&orders()).assert_fine();
}

#[cfg(all(unix, not(target_vendor = "apple")))]
#[test]
fn the_user_s_places_are_taken_from_the_variables() {
    let load = |world: World| world.at("work/x").directory("work/x/.git").load(&orders());
    let world = || {
        World::new()
            .file("xdg/orders/config.toml", "")
            .file("dirs/one/orders/config.toml", "")
            .file("dirs/two/orders/config.toml", "")
            .file("home/.config/orders/config.toml", "")
    };
    let found = load(world().variable("XDG_CONFIG_HOME", "~/xdg").variable("HOME", "~/home"));
    assert_eq!(found.names(), "~/xdg/orders/config.toml");
    // A relative path is none.
    let found = load(world().variable("XDG_CONFIG_HOME", "xdg").variable("HOME", "~/home"));
    assert_eq!(found.names(), "~/home/.config/orders/config.toml");
    let found = load(world().variable("XDG_CONFIG_DIRS", "~/dirs/one:rel:~/dirs/two"));
    assert_eq!(found.names(), "~/dirs/two/orders/config.toml ~/dirs/one/orders/config.toml");
    for world in [world(), world().variable("HOME", ""), world().variable("HOME", "home")] {
        let found = load(world);
        found.assert_fine();
        assert_eq!(found.names(), "");
        assert!(
            found.looked().contains(&"-$HOME/.config/orders/config.*".to_owned()),
            "{:?}",
            found.looked()
        );
    }
    load(World::new().variable("HOME", "/")).assert_fine();
}

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    for name in ["../x", "a/b", "", "CON", "a\0b"] {
        let world = World::new().load(&Discovery::new(name));
        assert_eq!(world.problem().code, Code::BadName, "{name:?}");
        assert!(world.looked().is_empty());
    }
}

#[test]
fn the_search_stops_at_the_file_system_s_root() {
    // Above the root of this world there are directories without a marker too.
    let world = World::new().file("orders.toml", "").at("a").load(&orders());
    world.assert_fine();
    assert_eq!(world.names(), "~/orders.toml");
    assert!(
        world.looked().iter().all(|place| !place[1..].starts_with('/')),
        "{:?}",
        world.looked()
    );
}

#[test]
fn a_directory_in_place_of_a_file_is_told() {
    let world = world().directory("home/me/p/a/b/orders.toml").load(&orders());
    assert_eq!(world.problem().code, Code::NotAFile);
}

#[cfg(unix)]
mod on_unix {
    use super::*;

    #[test]
    fn the_search_stops_where_everyone_may_write() {
        let world = World::new()
            .file("open/orders.toml", "")
            .file("open/mine/orders.yaml", "")
            .mode("open", 0o1777)
            .at("open/mine");
        assert_eq!(world.load(&orders()).names(), "orders.yaml");
    }

    #[test]
    fn the_search_stops_at_another_owner() {
        let world = World::new().file("theirs/orders.toml", "").at("theirs/mine");
        if world.give_away("theirs") {
            let world = world.load(&orders());
            world.assert_fine();
            assert_eq!(world.names(), "");
        }
    }

    #[test]
    fn root_refuses_what_a_search_finds_of_another() {
        let world =
            world().file("home/me/p/a/b/orders.toml", "").mode("home/me/p/a/b/orders.toml", 0o644);
        if world.give_away("home/me/p/a/b/orders.toml") {
            let world = world.load(&orders());
            assert_eq!(world.problem().code, Code::Permissions);
            let message = "the file belongs to user 12345, who may write it";
            assert_eq!(world.problem().message, message);
        }
    }

    #[test]
    fn a_directory_that_may_not_be_listed_is_asked_for_each_name() {
        let world = World::new()
            .file("p/orders.yaml", "")
            .file("p/orders.eu.toml", "")
            .directory("p/.git")
            .mode("p", 0o311)
            .profiles(&["eu"])
            .at("p")
            .load(&orders());
        world.assert_fine();
        assert_eq!(world.names(), "orders.yaml orders.eu.toml@eu");
        let _ = world.mode("p", 0o755);
    }

    #[test]
    fn a_closed_directory_is_an_error_in_the_system_s_place_only() {
        let world = World::new()
            .directory("etc/orders")
            .mode("etc/orders", 0o000)
            .directory("p/.git")
            .mode("p", 0o000);
        // Root may enter every directory.
        let closed = std::fs::read_dir(world.path("p")).is_err();
        let mut world = world;
        world = if closed { world.inside("p").load(&orders()) } else { world };
        if closed {
            assert_eq!(world.problem().message, "a directory: this process may not read it");
            assert_eq!(world.warnings.len(), 1, "{:?}", world.warnings);
        }
        let _ = world.mode("p", 0o755).mode("etc/orders", 0o755);
    }

    #[test]
    fn links_stay_in_the_project() {
        let world = world()
            .file("home/me/p/shared/x.toml", "")
            .file("home/me/passwd", "")
            .link("home/me/p/a/b/orders.toml", "../../shared/x.toml")
            .link("home/me/p/a/.orders.toml", "../../passwd")
            .link("home/me/p/orders.toml", "gone.toml")
            .file("home/me/other/orders.yaml", "")
            .link("home/me/p/.config", "../other")
            .load(&orders());
        assert_eq!(world.names(), "orders.toml");
        let messages: Vec<_> = world.problems.iter().map(|problem| &*problem.message).collect();
        assert_eq!(messages.len(), 3);
        assert_eq!(messages[0], "a link that leads nowhere");
        assert!(
            messages[1].starts_with("a link that leads out of the directory, to "),
            "{messages:?}"
        );
        assert_eq!(world.problems[1].help, ["`with_file` reads it wherever it leads"]);
    }

    #[test]
    fn the_system_s_and_the_user_s_links_lead_anywhere() {
        let world = world()
            .file("store/orders.toml", "")
            .link("home/me/.config/orders/config.toml", "../../../../store/orders.toml")
            .variable("XDG_CONFIG_HOME", "~/home/me/.config")
            .load(&orders());
        if cfg!(not(target_vendor = "apple")) {
            assert_eq!(world.names(), "~/home/me/.config/orders/config.toml");
        }
        world.assert_fine();
    }
}
