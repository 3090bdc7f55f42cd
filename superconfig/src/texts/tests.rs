use std::time::{Duration, SystemTime};

use super::*;

/// The text of file `inode`, as it was written at a second long ago.
fn put(texts: &Texts, inode: u64, text: &str) -> SharedText {
    texts.put(stamp(inode, text), true, text.to_owned())
}

fn stamp(inode: u64, text: &str) -> Stamp {
    Stamp::made_up(inode, text.len() as u64, 100)
}

fn limits(texts: usize, bytes: usize) -> CacheLimits {
    CacheLimits { texts, bytes }
}

#[test]
fn a_text_is_given_to_whoever_opened_the_same_state_of_the_same_file() {
    let texts = Texts::default();
    let first = put(&texts, 1, "a = 1");
    let again = texts.get(&stamp(1, "a = 1")).expect("it is kept");
    assert_eq!(first.as_ptr(), again.as_ptr());
    let others = [stamp(2, "a = 1"), stamp(1, "a = 10"), Stamp::made_up(1, 5, 101)];
    for other in others {
        assert_eq!(texts.get(&other), None, "{other:?}");
    }
    assert_eq!(texts.tally(), Tally { texts: 1, bytes: 5, hits: 1, misses: 3 });
}

#[test]
fn what_is_not_settled_is_read_again_and_shared_if_it_says_the_same() {
    let texts = Texts::default();
    let first = texts.put(stamp(1, "a = 1"), false, "a = 1".to_owned());
    assert_eq!(texts.get(&stamp(1, "a = 1")), None);
    let again = put(&texts, 1, "a = 1");
    assert_eq!(first.as_ptr(), again.as_ptr());
    assert!(texts.get(&stamp(1, "a = 1")).is_some());
    let other = put(&texts, 1, "a = 2");
    assert_eq!(&*other, "a = 2");
    assert_eq!(texts.get(&stamp(1, "a = 2")).as_deref(), Some("a = 2"));
    assert_eq!(texts.tally().texts, 1);
}

#[test]
fn what_was_used_least_lately_makes_room() {
    let texts = Texts::default();
    texts.limit(limits(2, 1_000));
    put(&texts, 1, "one");
    put(&texts, 2, "two");
    assert!(texts.get(&stamp(1, "one")).is_some());
    put(&texts, 3, "three");
    assert!(texts.get(&stamp(2, "two")).is_none());
    assert!(texts.get(&stamp(1, "one")).is_some() && texts.get(&stamp(3, "three")).is_some());
    assert_eq!((texts.tally().texts, texts.tally().bytes), (2, 8));
}

#[test]
fn no_more_bytes_are_kept_than_allowed() {
    let texts = Texts::default();
    texts.limit(limits(100, 10));
    put(&texts, 1, "12345");
    put(&texts, 2, "12345");
    assert_eq!(texts.tally().bytes, 10);
    put(&texts, 3, "123456");
    assert_eq!((texts.tally().texts, texts.tally().bytes), (1, 6));
    assert_eq!(&*put(&texts, 4, "12345678901"), "12345678901");
    assert_eq!((texts.tally().texts, texts.tally().bytes), (1, 6), "too large to be kept");
    // One that has grown too large is not kept as it was, either.
    put(&texts, 3, "12345678901");
    assert_eq!((texts.tally().texts, texts.tally().bytes), (0, 0));
}

#[test]
fn a_lower_limit_holds_at_once_and_zero_keeps_nothing() {
    let texts = Texts::default();
    for inode in 1..=5 {
        put(&texts, inode, "text");
    }
    texts.limit(limits(3, 1_000));
    assert_eq!(texts.tally().texts, 3);
    assert!(texts.get(&stamp(5, "text")).is_some(), "the latest stay");
    for none in [limits(0, 1_000), limits(10, 0)] {
        texts.limit(none);
        put(&texts, 9, "text");
        assert_eq!((texts.tally().texts, texts.tally().bytes), (0, 0));
    }
}

#[test]
fn after_clearing_nothing_is_known_and_everything_can_be_kept_again() {
    let texts = Texts::default();
    let held = put(&texts, 1, "one");
    texts.clear();
    assert_eq!(texts.get(&stamp(1, "one")), None);
    assert_eq!((texts.tally().texts, texts.tally().bytes), (0, 0));
    assert_eq!(&*held, "one");
    put(&texts, 1, "one");
    assert_eq!((texts.tally().texts, texts.tally().bytes), (1, 3));
}

#[test]
fn times_settle_when_any_tick_is_over() {
    let stamp = Stamp::made_up(1, 1, 1_000);
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    for (seconds, settled) in
        [(0, false), (999, false), (1_000, false), (1_004, false), (1_005, true)]
    {
        assert_eq!(stamp.is_settled(at(seconds)), settled, "{seconds}");
    }
    assert!(!Stamp::made_up(1, 1, i64::MAX).is_settled(at(1_005)), "no panic for any time");
    assert!(Stamp::made_up(1, 1, -5).is_settled(at(1_005)));
}

#[test]
fn a_size_that_is_not_the_text_s_is_no_size() {
    assert!(stamp(1, "abc").is_size_of("abc"));
    assert!(!Stamp::made_up(1, 0, 1).is_size_of("from /proc"));
    assert!(!Stamp::made_up(1, 4_096, 1).is_size_of("from /sys"));
}

#[test]
fn threads_share_it() {
    let texts = Texts::default();
    texts.limit(limits(8, 1_000));
    std::thread::scope(|scope| {
        for thread in 0..4_u64 {
            let texts = &texts;
            scope.spawn(move || {
                for turn in 0..2_000 {
                    let inode = (turn * 7 + thread) % 16;
                    let text = format!("file {inode}");
                    match texts.get(&stamp(inode, &text)) {
                        Some(found) => assert_eq!(*found, *text),
                        None => assert_eq!(*put(texts, inode, &text), *text),
                    }
                    if turn % 500 == 0 {
                        texts.clear();
                    }
                }
            });
        }
    });
    let tally = texts.tally();
    assert!(tally.texts <= 8 && tally.bytes <= tally.texts * "file 10".len(), "{tally:?}");
    assert_eq!(tally.hits + tally.misses, 8_000);
}
