use std::fs;

use super::*;
use crate::watch::testing::{MS, Stage};

fn polling(why: &str) -> Health {
    Health::Polling { why: why.to_owned() }
}

#[test]
fn the_first_turn_reads_for_something_may_have_changed_since_the_loading() {
    let stage = Stage::new();
    assert_eq!(stage.world.reloads(), 1);
    assert_eq!(stage.engine.health(), Health::Events);
    assert_eq!(stage.world.script(|script| script.told.len()), 0, "that all is well is no news");
}

#[test]
fn a_burst_of_events_is_one_reload() {
    let mut stage = Stage::new();
    stage.write("x = 2");
    let wait = stage.touch().expect("it goes on");
    assert_eq!(wait, Wait { until: stage.now + 100 * MS, eager: false });
    stage.after(50 * MS);
    stage.touch();
    stage.after(99 * MS);
    assert_eq!(stage.world.reloads(), 1);
    let wait = stage.after(MS).expect("it goes on");
    assert_eq!(stage.world.reloads(), 2);
    assert!(wait.eager, "now the next event wakes it");
}

#[test]
fn events_without_end_do_not_keep_it_waiting() {
    let mut stage = Stage::new();
    for _ in 0..1_000 {
        stage.now += MS;
        stage.touch();
    }
    let reloads = stage.world.reloads();
    assert!((5..=6).contains(&reloads), "the first, and one each 200 ms: {reloads}");
}

#[test]
fn events_about_other_files_are_no_reload() {
    let mut stage = Stage::with(
        |script| script.places = vec![script.places[0].with_file_name("absent.toml")],
        WatchOptions::default(),
    );
    fs::write(stage.directory().join("unrelated"), "").expect("written");
    stage.touch();
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 1, "nothing that matters is there or came");
    stage.write("x = 1");
    stage.touch();
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 2);
}

#[test]
fn an_emptied_file_is_waited_for_and_then_taken_as_it_is() {
    let mut stage = Stage::new();
    stage.write("");
    stage.touch();
    stage.after(100 * MS);
    stage.after(100 * MS);
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 1, "whoever writes it may not be done");
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 2, "so it is meant");
}

#[test]
fn a_file_that_is_removed_and_comes_back_is_read_once() {
    let mut stage = Stage::new();
    fs::remove_file(stage.file()).expect("removed");
    stage.touch();
    stage.after(100 * MS);
    stage.write("x = 2");
    stage.touch();
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 2);
    stage.pass(500 * MS);
    assert_eq!(stage.world.reloads(), 2, "nothing is left to do");
}

#[test]
fn what_is_written_while_it_is_read_is_read_again() {
    let mut stage = Stage::new();
    stage.world.script(|script| {
        script.meanwhile = Some(|place| fs::write(place, "x = 33333").expect("written"));
    });
    stage.write("x = 22");
    stage.touch();
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 2);
    stage.world.script(|script| script.meanwhile = None);
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 3, "without another event");
    stage.pass(500 * MS);
    assert_eq!(stage.world.reloads(), 3);
}

#[test]
fn a_file_that_is_written_without_end_is_taken_at_last() {
    let mut stage = Stage::new();
    stage.world.script(|script| {
        script.meanwhile = Some(|place| {
            let text = fs::read_to_string(place).expect("read");
            fs::write(place, text + "#").expect("written");
        });
    });
    stage.touch();
    stage.after(100 * MS);
    stage.pass(3_000 * MS);
    assert_eq!(stage.world.reloads(), 12, "the first, ten that were in vain, and the last");
}

#[test]
fn what_was_bad_is_not_read_again_before_something_changes_and_then_it_is() {
    let mut stage = Stage::new();
    stage.world.script(|script| script.bad = true);
    stage.write("x = ");
    stage.touch();
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 2);
    stage.pass(1_000 * MS);
    assert_eq!(stage.world.reloads(), 2);
    stage.write("x = 2");
    stage.touch();
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), 3);
}

#[test]
fn a_lost_backend_is_replaced_and_everything_is_read_at_once() {
    let mut stage = Stage::new();
    stage.lose(1, "there were more events than the system keeps");
    assert_eq!(stage.world.reloads(), 2);
    assert_eq!(stage.engine.health(), polling("there were more events than the system keeps"));
    stage.after(1_000 * MS);
    assert_eq!(stage.world.script(|script| script.backends), 2);
    assert_eq!(stage.world.reloads(), 3, "what came in between was not told");
    assert_eq!(stage.engine.health(), Health::Events);
    let told = stage.world.script(|script| script.told.clone());
    assert_eq!(told, [polling("there were more events than the system keeps"), Health::Events]);
}

#[test]
fn the_late_word_of_a_backend_that_was_replaced_is_no_loss() {
    let mut stage = Stage::new();
    stage.lose(1, "first");
    stage.after(1_000 * MS);
    stage.lose(1, "its thread ends");
    assert_eq!(stage.engine.health(), Health::Events);
}

#[test]
fn a_backend_that_fails_again_and_again_is_tried_less_often() {
    let mut stage = Stage::new();
    let mut tries = Vec::new();
    stage.world.script(|script| script.no_backend = Some("no inotify here"));
    stage.lose(1, "gone");
    let begun = stage.now;
    for _ in 0..1_500 {
        let before = stage.world.script(|script| script.backends);
        stage.after(100 * MS);
        if stage.world.script(|script| script.backends) != before {
            tries.push((stage.now - begun).as_secs());
        }
    }
    assert_eq!(tries, [1, 3, 7, 15, 31, 63, 123]);
    assert_eq!(stage.engine.health(), polling("no inotify here"));
}

#[test]
fn without_a_backend_files_are_polled_and_read_when_they_stand_still() {
    let mut stage =
        Stage::with(|script| script.no_backend = Some("no inotify here"), WatchOptions::default());
    assert_eq!(stage.world.script(|script| script.told.clone()), [polling("no inotify here")]);
    let before = stage.world.reloads();
    stage.write("x = 22");
    stage.pass(2_050 * MS);
    stage.write("x = 333");
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), before, "somebody is still writing");
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), before + 1);
}

#[test]
fn a_limit_of_watches_is_told_and_polled_and_tried_again() {
    let mut stage = Stage::with(
        |script| {
            let directory = script.places[0].parent().expect("it has one").to_owned();
            script.refused.insert(directory);
        },
        WatchOptions::default(),
    );
    let why = format!("{}: the limit is reached", stage.directory().display());
    assert_eq!(stage.engine.health(), polling(&why));
    assert_eq!(stage.world.script(|script| script.told.len()), 1);
    let before = stage.world.reloads();
    stage.write("x = 22");
    stage.pass(900 * MS);
    assert_eq!(stage.world.reloads(), before);
    stage.world.script(|script| script.refused.clear());
    stage.pass(1_500 * MS);
    assert_eq!(stage.engine.health(), Health::Events);
    assert!(stage.world.reloads() > before);
    let directory = stage.directory();
    assert!(stage.world.script(|script| script.watched.contains(&directory)));
}

#[test]
fn the_program_s_own_limit_of_watches_is_kept() {
    let options = WatchOptions { max_directories: 1, ..WatchOptions::default() };
    let mut stage = Stage::with(|_| {}, options);
    assert_eq!(stage.engine.health(), Health::Events, "the one above is done without");
    let directory = stage.directory();
    assert!(stage.world.script(|script| script.watched.iter().eq([&directory])));
    let inner = directory.join("inner");
    fs::create_dir(&inner).expect("made");
    stage.world.script(|script| script.directories.push(inner.clone()));
    stage.touch();
    stage.after(100 * MS);
    let why = format!("{}: `max_directories` is 1", inner.display());
    assert_eq!(stage.engine.health(), polling(&why));
}

#[test]
fn a_directory_above_that_may_not_be_watched_is_done_without() {
    let stage = Stage::with(
        |script| {
            let directory = script.places[0].parent().expect("it has one");
            script.refused.insert(directory.parent().expect("it has one").to_owned());
        },
        WatchOptions::default(),
    );
    assert_eq!(stage.engine.health(), Health::Events);
}

#[test]
fn a_change_that_came_without_an_event_is_found_and_the_system_no_longer_trusted() {
    let mut stage = Stage::new();
    let before = stage.world.reloads();
    stage.write("x = 22");
    stage.after(29_000 * MS);
    assert_eq!(stage.world.reloads(), before);
    stage.after(1_000 * MS);
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), before + 1);
    assert_eq!(stage.engine.health(), polling("a change came without an event"));
    stage.write("x = 333");
    stage.after(2_000 * MS);
    stage.after(100 * MS);
    assert_eq!(stage.world.reloads(), before + 2, "from now on it is looked every 2 s");
}

#[test]
fn an_event_that_was_on_its_way_is_no_reason_for_mistrust() {
    let mut stage = Stage::new();
    stage.write("x = 22");
    stage.after(30_000 * MS);
    stage.now += 10 * MS;
    stage.touch();
    stage.after(100 * MS);
    assert_eq!(stage.engine.health(), Health::Events);
    assert_eq!(stage.world.reloads(), 2);
}

#[test]
fn where_events_are_not_wanted_none_are_asked_for() {
    let options = WatchOptions { events: false, ..WatchOptions::default() };
    let stage = Stage::with(|_| {}, options);
    assert_eq!(stage.engine.health(), polling("it was asked for"));
    assert_eq!(stage.world.script(|script| script.backends), 0);
    assert_eq!(stage.world.script(|script| script.told.len()), 0, "it was asked for");
}

#[test]
fn a_directory_that_comes_into_being_is_watched() {
    let mut stage = Stage::new();
    let inner = stage.directory().join("a/b");
    stage.world.script(|script| script.places.push(inner.join("c.toml")));
    stage.touch();
    stage.after(100 * MS);
    let watches =
        |stage: &Stage, path: &PathBuf| stage.world.script(|script| script.watched.contains(path));
    assert!(!watches(&stage, &inner));
    fs::create_dir_all(&inner).expect("made");
    stage.touch();
    stage.after(100 * MS);
    assert!(watches(&stage, &inner));
    fs::remove_dir(&inner).expect("removed");
    stage.touch();
    stage.after(100 * MS);
    assert!(!watches(&stage, &inner));
}

#[test]
fn a_directory_whose_watch_was_lost_is_watched_again() {
    let mut stage = Stage::new();
    let directory = stage.directory();
    stage.world.script(|script| script.watched.remove(&directory));
    stage.touch();
    stage.after(100 * MS);
    assert!(stage.world.script(|script| script.watched.contains(&directory)));
}

#[test]
fn where_it_was_looked_elsewhere_it_is_looked_again() {
    let mut stage = Stage::new();
    let other = stage.directory().join("other.toml");
    stage.world.script(|script| script.places.push(other));
    stage.touch();
    stage.after(100 * MS);
    let reloads = stage.world.reloads();
    stage.after(100 * MS);
    assert!(stage.world.reloads() >= reloads);
    stage.pass(500 * MS);
    let reloads = stage.world.reloads();
    stage.pass(500 * MS);
    assert_eq!(stage.world.reloads(), reloads, "and then it is known");
}

#[test]
fn it_ends_with_the_last_handle_and_when_it_is_told_to() {
    let mut stage = Stage::new();
    assert_eq!(stage.turn(Letters { stop: true, ..Letters::default() }), None);
    let mut stage = Stage::new();
    stage.world.script(|script| script.gone = true);
    stage.touch();
    assert_eq!(stage.after(100 * MS), None);
}

#[test]
fn durations_of_any_size_are_taken() {
    for time in [Duration::ZERO, Duration::MAX] {
        let options = WatchOptions {
            debounce: time,
            max_wait: time,
            poll_every: time,
            check_every: time,
            ..WatchOptions::default()
        };
        let mut stage = Stage::with(|_| {}, options);
        stage.touch();
        let wait = stage.after(MS).expect("it goes on");
        assert!(wait.until > stage.now);
    }
}
