//! How programs save a file.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use superconfig::{Health, WatchOptions};

use crate::{MS, Room, Watched, both};

#[test]
fn row_62_vim_moves_the_old_file_away_and_writes_another() {
    let room = Room::with(1);
    let watched = room.watched();
    for number in 2..5 {
        // It tries whether it can write here, too.
        room.write("4913", "");
        room.remove("4913");
        room.rename("config.toml", "config.toml~");
        room.write("config.toml", &both(number));
        room.remove("config.toml~");
        watched.becomes(number);
    }
    assert_eq!(watched.watch.health(), Health::Events);
}

#[test]
fn row_62_emacs_and_most_libraries_rename_a_new_file_over_the_old_one() {
    let room = Room::with(1);
    let watched = room.watched();
    for number in 2..5 {
        room.write(".#config.toml", &both(number));
        room.rename(".#config.toml", "config.toml");
        watched.becomes(number);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn row_62_sed_in_place_does_too() {
    let room = Room::with(1);
    let watched = room.watched();
    for number in 2..5 {
        let script = format!("s/= .*/= {number}/");
        let status = Command::new("sed").args(["-i", &script]).arg(room.at("config.toml")).status();
        assert!(status.expect("there is a sed").success());
        watched.becomes(number);
    }
}

#[test]
fn row_47_a_file_that_is_emptied_and_written_after_a_pause() {
    let room = Room::with(1);
    let watched = room.watched();
    for number in 2..5 {
        let mut file = File::create(room.at("config.toml")).expect("emptied");
        sleep(50 * MS);
        file.write_all(both(number).as_bytes()).expect("written");
        drop(file);
        watched.becomes(number);
    }
}

#[test]
fn row_47_a_file_that_stays_empty_is_an_error_and_the_last_good_value_stays() {
    let room = Room::with(1);
    let watched = room.watched();
    room.write("config.toml", "");
    crate::until("the error", || !watched.errors().is_empty());
    assert_eq!(watched.number(), 1);
    room.write("config.toml", &both(2));
    watched.becomes(2);
}

#[test]
fn half_a_file_that_is_good_grammar_is_not_taken_for_the_whole() {
    let room = Room::with(1);
    let watched = room.watched();
    for number in 2..5 {
        let mut file = File::create(room.at("config.toml")).expect("emptied");
        writeln!(file, "a = {number}").expect("written");
        sleep(150 * MS);
        assert_eq!(watched.number(), number - 1);
        writeln!(file, "b = {number}").expect("written");
        drop(file);
        watched.becomes(number);
    }
}

#[test]
fn row_63_a_file_that_is_removed_and_comes_back_at_once_or_later() {
    let room = Room::with(1);
    let watched = room.watched();
    for (number, pause) in [(2, 1), (3, 10), (4, 700)] {
        room.remove("config.toml");
        sleep(pause * MS);
        assert_eq!(watched.number(), number - 1, "the last good value stays");
        room.write("config.toml", &both(number));
        watched.becomes(number);
    }
    room.remove("config.toml");
    crate::until("the error", || {
        watched.errors().iter().any(|error| error.contains("does not exist"))
    });
    room.write("config.toml", &both(5));
    watched.becomes(5);
}

#[test]
fn row_71_a_touch_and_a_rewrite_of_the_same_bytes_are_no_change() {
    let room = Room::with(1);
    let watched = room.watched();
    for _ in 0..3 {
        let file = OpenOptions::new().write(true).open(room.at("config.toml")).expect("opened");
        file.set_modified(SystemTime::now() + Duration::from_secs(5)).expect("touched");
        drop(file);
        sleep(150 * MS);
        room.write("config.toml", &both(1));
        sleep(150 * MS);
        room.write("other", &both(1));
        room.rename("other", "config.toml");
        sleep(150 * MS);
    }
    room.write("config.toml", &both(2));
    watched.becomes(2);
    assert_eq!(watched.settings.generation(), 2);
    crate::until("it is told", || watched.changes() == 1);
    assert_eq!(watched.errors(), [""; 0]);
}

#[test]
fn row_72_a_broken_file_changes_nothing_is_told_once_and_the_next_good_one_counts() {
    let room = Room::with(1);
    let watched = room.watched();
    for (number, broken) in
        [(2, "a = "), (3, "a = 'x'\nb = 3"), (4, "a = 4\nb = 5"), (5, "a = 1000013\nb = 1000013")]
    {
        let errors = watched.errors().len();
        room.write("config.toml", broken);
        crate::until("the error", || watched.errors().len() > errors);
        assert_eq!(watched.number(), number - 1);
        assert!(watched.settings.last_reload_error().is_some());
        // The same again is no news.
        room.write("config.toml", broken);
        sleep(150 * MS);
        room.write("config.toml", &both(number));
        watched.becomes(number);
        assert_eq!(watched.errors().len(), errors + 1, "{:?}", watched.errors());
    }
}

#[test]
fn row_67_without_events_files_are_polled() {
    let room = Room::with(1);
    let options = WatchOptions { events: false, poll_every: 20 * MS, ..WatchOptions::default() };
    let watched = Watched::with(room.builder().with_file("config.toml"), options);
    assert_eq!(watched.watch.health(), Health::Polling { why: "it was asked for".to_owned() });
    room.write("config.toml", &both(2));
    watched.becomes(2);
    room.write("other", &both(3));
    room.rename("other", "config.toml");
    watched.becomes(3);
    room.remove("config.toml");
    crate::until("the error", || !watched.errors().is_empty());
    room.write("config.toml", &both(4));
    watched.becomes(4);
}

#[test]
fn row_67_what_is_not_watched_is_polled_and_told_once() {
    let room = Room::with(1);
    let options =
        WatchOptions { max_directories: 0, poll_every: 20 * MS, ..WatchOptions::default() };
    let watched = Watched::with(room.builder().with_file("config.toml"), options);
    for number in 2..5 {
        room.write("config.toml", &both(number));
        watched.becomes(number);
    }
    let Health::Polling { why } = watched.watch.health() else { panic!("it is watched") };
    assert!(why.ends_with("`max_directories` is 0"), "{why}");
    let told = watched.errors();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("files are polled for changes"), "{told:?}");
}

#[test]
fn a_change_between_the_loading_and_the_watching_counts() {
    let room = Room::with(1);
    let settings = room.builder().with_file("config.toml").build().expect("it loads");
    room.write("config.toml", &both(2));
    let _watch = settings.watch(WatchOptions::default()).expect("it starts");
    crate::until("2", || settings.get().a == 2);
}

#[test]
fn row_70_files_that_are_written_together_are_one_change() {
    let room = Room::with(1);
    room.write("more.toml", "b = 1");
    room.write("config.toml", "a = 1");
    let builder = room.builder().with_file("config.toml").with_file("more.toml");
    let watched = Watched::new(builder);
    for number in 2..5 {
        fs::write(room.at("config.toml"), format!("a = {number}")).expect("written");
        fs::write(room.at("more.toml"), format!("b = {number}")).expect("written");
        watched.becomes(number);
    }
}
