//! Where files stand, come into being and go.

#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::thread::sleep;

use superconfig::{ExposeSecret, Health};

use crate::{MS, Room, Watched, both, until};

#[test]
fn row_65_a_file_where_discovery_looked_and_found_nothing() {
    let room = Room::with(1);
    let builder = room.builder().with_file("config.toml").with_hierarchical("orders");
    let watched = Watched::new(builder);
    // The directories are not there either.
    room.make("etc/orders");
    room.write("etc/orders/config.yaml", "a: 2\nb: 2\n");
    watched.becomes(2);
    room.write(".orders.toml", &both(3));
    watched.becomes(3);
    room.make(".config");
    room.write(".config/orders.json", "{\"a\": 4, \"b\": 4}");
    watched.becomes(4);
    room.remove(".config/orders.json");
    watched.becomes(3);
    assert_eq!(watched.watch.health(), Health::Events);
}

#[test]
fn row_65_an_optional_file_in_a_directory_that_is_not_there() {
    let room = Room::with(1);
    let builder = room.builder().with_file("config.toml").with_file_opt("x/y/z/local.toml");
    let watched = Watched::new(builder);
    room.make("x/y/z");
    room.write("x/y/z/local.toml", &both(2));
    watched.becomes(2);
    std::fs::remove_dir_all(room.at("x")).expect("removed");
    watched.becomes(1);
    room.make("x/y/z");
    room.write("x/y/z/local.toml", &both(3));
    watched.becomes(3);
}

#[test]
fn a_profile_s_file_that_appears_beside_another() {
    let room = Room::with(1);
    let builder = room.builder().with_file("config.toml").select_profile("production");
    let watched = Watched::new(builder);
    room.write("config.production.yaml", "a: 2\nb: 2\n");
    watched.becomes(2);
    room.remove("config.production.yaml");
    watched.becomes(1);
    room.write("config.production.toml", &both(3));
    watched.becomes(3);
}

#[test]
fn a_new_file_that_a_pattern_matches_and_one_in_a_new_directory() {
    let room = Room::with(1);
    room.make("conf.d");
    let builder = room.builder().with_file("config.toml").with_glob("conf.d/**/*.toml");
    let watched = Watched::new(builder);
    room.write("conf.d/10.toml", &both(2));
    watched.becomes(2);
    room.make("conf.d/20/a");
    room.write("conf.d/20/a/b.toml", &both(3));
    watched.becomes(3);
    room.write("conf.d/20/a/b.toml", &both(4));
    watched.becomes(4);
    room.remove("conf.d/20/a/b.toml");
    watched.becomes(2);
}

#[test]
fn a_pattern_s_directory_that_is_not_there_yet() {
    let room = Room::with(1);
    let builder = room.builder().with_file("config.toml").with_glob("conf.d/*.toml");
    let watched = Watched::new(builder);
    room.make("conf.d");
    room.write("conf.d/10.toml", &both(2));
    watched.becomes(2);
}

#[test]
fn files_of_variables_and_of_secrets() {
    let room = Room::with(1);
    let builder = room.builder().with_file("config.toml").with_dotenv(".env");
    let watched = Watched::new(builder);
    room.write(".env", "ORDERS_NAME=first\n");
    until("first", || watched.settings.get().name == "first");
    let key = |watched: &Watched| {
        let now = watched.settings.get();
        now.key.as_ref().map(|key| key.expose_secret().to_owned())
    };
    // It is named before it is there, which is an error that its coming ends.
    room.write(".env", "ORDERS_NAME=second\nORDERS_KEY_FILE=secrets/key\n");
    until("the error", || !watched.errors().is_empty());
    assert_eq!(watched.settings.get().name, "first");
    room.make("secrets");
    room.write("secrets/key", "hunter2\n");
    until("the secret", || key(&watched).as_deref() == Some("hunter2"));
    assert_eq!(watched.settings.get().name, "second");
    room.write("secrets/key", "hunter3\n");
    until("the other secret", || key(&watched).as_deref() == Some("hunter3"));
    assert!(!watched.errors().concat().contains("hunter"));
}

#[test]
fn a_directory_that_is_removed_and_made_again_many_times() {
    let room = Room::new();
    room.make("inner");
    room.write("inner/config.toml", &both(1));
    let watched = Watched::new(room.builder().with_file("inner/config.toml"));
    for number in 2..8 {
        std::fs::remove_dir_all(room.at("inner")).expect("removed");
        if number % 2 == 0 {
            sleep(150 * MS);
        }
        room.make("inner");
        room.write("inner/config.toml", &both(number));
        watched.becomes(number);
    }
    // And written again in the one that stands there now.
    room.write("inner/config.toml", &both(9));
    watched.becomes(9);
}

#[test]
fn a_directory_that_is_exchanged_for_another() {
    let room = Room::new();
    room.make("inner");
    room.write("inner/config.toml", &both(1));
    let watched = Watched::new(room.builder().with_file("inner/config.toml"));
    for number in 2..5 {
        room.make("next");
        room.write("next/config.toml", &both(number));
        room.rename("inner", &format!("old{number}"));
        room.rename("next", "inner");
        watched.becomes(number);
    }
    room.write("inner/config.toml", &both(9));
    watched.becomes(9);
}

#[cfg(unix)]
#[test]
fn a_link_that_is_led_elsewhere() {
    let room = Room::new();
    for number in 1..5_u32 {
        room.make(&format!("{number}"));
        room.write(&format!("{number}/real.toml"), &both(number));
    }
    symlink("1/real.toml", room.at("config.toml")).expect("linked");
    let watched = room.watched();
    for number in 2..5 {
        symlink(format!("{number}/real.toml"), room.at("new")).expect("linked");
        room.rename("new", "config.toml");
        watched.becomes(number);
    }
    // What it leads to is watched as well.
    room.write("4/real.toml", &both(9));
    watched.becomes(9);
}

/// Kubernetes mounts a `ConfigMap` as links by way of a directory that it exchanges.
#[cfg(unix)]
fn mount(room: &Room, number: u32) {
    let directory = format!("mount/..{number}");
    room.make(&directory);
    room.write(&format!("{directory}/a.toml"), &format!("a = {number}"));
    room.write(&format!("{directory}/b.toml"), &format!("b = {number}"));
    symlink(format!("..{number}"), room.at("mount/..data_tmp")).expect("linked");
    room.rename("mount/..data_tmp", "mount/..data");
    let _ = std::fs::remove_dir_all(room.at(&format!("mount/..{}", number.wrapping_sub(1))));
}

#[cfg(unix)]
#[test]
fn row_61_a_config_map_that_is_exchanged_again_and_again() {
    let room = Room::new();
    mount(&room, 1);
    for file in ["a.toml", "b.toml"] {
        symlink(format!("..data/{file}"), room.at(&format!("mount/{file}"))).expect("linked");
    }
    let builder = room.builder().with_file("mount/a.toml").with_file("mount/b.toml");
    let watched = Watched::new(builder);
    // One by one, …
    for number in 2..6 {
        mount(&room, number);
        watched.becomes(number);
    }
    // … and without a pause; what stands there in the end counts, every time.
    let mut number = 6;
    for burst in [2, 5, 50, 200] {
        for _ in 0..burst {
            number += 1;
            mount(&room, number);
            watched.number();
        }
        watched.becomes(number);
    }
    assert_eq!(watched.watch.health(), Health::Events);
}
