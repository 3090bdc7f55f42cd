use super::*;
use crate::error::Code;
use crate::origin::Location;

/// A problem with the first `what` in a text.
fn problem(text: &str, what: &str) -> Problem {
    let at = text.find(what).expect("it is there");
    let range = at..at + what.len();
    let location = Location::of("a.toml".into(), text, range.clone());
    Problem::new(Code::WrongType, "wrong").from(Origin::Text(location)).showing(text, range)
}

fn rendered(problems: Vec<Problem>) -> String {
    ConfigError::new(problems).render()
}

/// The line and its carets, without the margin.
fn drawn(text: &str, what: &str) -> String {
    let report = rendered(vec![problem(text, what)]);
    let lines = report.lines().filter_map(|line| line.split_once(" | ")).map(|(_, line)| line);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn carets_stand_under_the_place_whatever_is_before_it() {
    let cases = [
        ("port = x", "x", "port = x\n       ^"),
        ("\tport\t= xyz", "xyz", "    port    = xyz\n              ^^^"),
        ("日本 = xyz", "xyz", "日本 = xyz\n       ^^^"),
        ("a = 日本 # ü", "日本", "a = 日本 # ü\n    ^^^^"),
        ("🦀 = x", "x", "🦀 = x\n     ^"),
        ("e\u{301}\u{302} = x", "x", "e\u{301}\u{302} = x\n    ^"),
        ("a = \u{301}", "\u{301}", "a = \u{301}\n    ^"),
        ("\u{feff}port = x", "x", "port = x\n       ^"),
        ("a = 1\r\nport = x\r\n", "x", "port = x\n       ^"),
        ("\u{1b}[2J = x", "x", "\u{fffd}[2J = x\n       ^"),
        ("\u{202e}a = x", "x", "\u{fffd}a = x\n     ^"),
        ("a = [\n  1,\n]", "[\n  1,\n]", "a = [\n    ^"),
    ];
    for (text, what, expected) in cases {
        assert_eq!(drawn(text, what), expected, "{text:?}");
    }
}

#[test]
fn the_end_of_a_text_can_be_pointed_at() {
    let at_the_end = |text: &str| {
        let range = text.len()..text.len();
        let location = Location::of("a.toml".into(), text, range.clone());
        rendered(vec![
            Problem::new(Code::Syntax, "a value is missing")
                .from(Origin::Text(location))
                .showing(text, range),
        ])
    };
    assert_eq!(
        at_the_end("a ="),
        "error[SC0301]: a value is missing\n --> a.toml:1:4\n  |\n1 | a =\n  |    ^\n\n1 error"
    );
    assert_eq!(
        at_the_end("a\n"),
        "error[SC0301]: a value is missing\n --> a.toml:2:1\n  |\n2 |\n  | ^\n\n1 error"
    );
}

#[test]
fn the_margin_is_as_wide_as_the_number() {
    let text = format!("{}port = x", "\n".repeat(99));
    assert_eq!(
        rendered(vec![problem(&text, "x").help("write a number")]),
        "error[SC0102]: wrong
   --> a.toml:100:8
    |
100 | port = x
    |        ^
    = write a number

1 error"
    );
}

#[test]
fn a_long_line_is_shown_around_the_place() {
    let text = format!("a = ['{}', x, '{}']", "é".repeat(1000), "日".repeat(1000));
    let (line, carets) = drawn(&text, "x")
        .split_once('\n')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("two lines");
    let expected = format!("…{}', x, '{}…", "é".repeat(37), "日".repeat(38));
    assert_eq!(line, expected);
    assert_eq!(carets, format!("{}^", " ".repeat(41)));
}

#[test]
fn problems_of_one_line_share_a_frame_where_they_share_their_advice() {
    let text = "plugins = [1, 'x', 2]";
    let item = |what: &str| problem(text, what).help("APP_PLUGINS would override it");
    assert_eq!(
        rendered(vec![item("1"), item("2")]),
        "error[SC0102]: wrong
 --> a.toml:1:12
error[SC0102]: wrong
 --> a.toml:1:20
  |
1 | plugins = [1, 'x', 2]
  |            ^       ^
  = APP_PLUGINS would override it

2 errors"
    );
}

#[test]
fn what_belongs_to_one_problem_alone_keeps_its_frame() {
    let text = "a = 1\nb = [1, 2]\n";
    let frames = |one: Problem, next: Problem| rendered(vec![one, next]).matches("  |\n").count();
    let one = || problem(text, "[");
    assert_eq!(frames(one(), problem(text, "2")), 1);
    assert_eq!(frames(one(), problem(text, "2").help("more")), 2);
    assert_eq!(frames(one(), problem(text, "2").because(fmt::Error)), 2);
    assert_eq!(frames(one(), problem(text, "[1, 2]")), 2, "they overlap");
    assert_eq!(frames(problem(text, "a"), problem(text, "b")), 2, "two lines");
    let other = Problem { code: Code::OutOfRange, ..problem(text, "2") };
    assert_eq!(frames(one(), other), 2);
    let mut elsewhere = problem(text, "2");
    elsewhere.origin = elsewhere.origin.map(|origin| match origin {
        Origin::Text(place) => Origin::Text(Location { name: "b.toml".into(), ..place }),
        other => other,
    });
    assert_eq!(frames(one(), elsewhere), 2);
}

#[test]
fn a_chain_of_causes_is_told_to_its_end() {
    let inner = std::io::Error::other("the disk is on fire");
    let outer = Problem::new(Code::Unreadable, "it cannot be read").because(inner);
    let problem = Problem::new(Code::SourceFailed, "the vault is shut").because(outer);
    assert_eq!(
        rendered(vec![problem]),
        "error[SC0701]: the vault is shut
  = because: it cannot be read
  = because: the disk is on fire

1 error"
    );
}

#[test]
fn warnings_are_rendered_alone() {
    let text = "prot = 1";
    let warning = Problem::new(Code::UnknownKey, "unknown key").at("prot".into());
    let warnings =
        [warning.showing(text, 0..4).from(Origin::Text(Location::of("a.toml".into(), text, 0..4)))];
    assert_eq!(
        render_warnings(&warnings, RenderOptions::plain()),
        "warning[SC0203]: `prot`: unknown key
 --> a.toml:1:1
  |
1 | prot = 1
  | ^^^^

1 warning"
    );
    assert_eq!(render_warnings(&[], RenderOptions::plain()), "");
}

#[test]
fn colours_change_nothing_else() {
    let problems =
        || vec![problem("port = x", "x").help("write a number"), problem("a = 日", "日")];
    let error = ConfigError::new(problems()).with_warnings(problems());
    let coloured = error.render_with(RenderOptions::new().color(Color::Always));
    assert!(coloured.starts_with("\u{1b}["), "{coloured:?}");
    let mut plain = String::new();
    for part in coloured.split('\u{1b}') {
        plain
            .push_str(part.split_once('m').filter(|_| part.starts_with('[')).map_or(part, |p| p.1));
    }
    assert_eq!(plain, error.render());
}

#[test]
fn a_place_that_no_line_has_does_not_make_it_panic() {
    for text in ["", "\n", "\r\n", "é", "\u{301}", "\t\u{feff}\u{202e}日", "a\nb\r"] {
        for start in 0..=text.len() + 1 {
            for end in 0..=text.len() + 1 {
                let location = Location::of("a".into(), text, start..end);
                let problem = Problem::new(Code::Syntax, "x").from(Origin::Text(location));
                assert!(!rendered(vec![problem.showing(text, start..end)]).is_empty());
            }
        }
    }
}

#[test]
fn one_line_has_the_place_first_and_the_rest_behind_it() {
    let place = Location::of("conf/a.toml".into(), "a\nb", 2..3);
    let profiled = Location { profile: Some("prod".to_owned()), ..place.clone() };
    let base = || Problem::new(Code::WrongType, "wrong\u{1b}").at("b".into());
    let cases = [
        (base(), "error[SC0102]: `b`: wrong\\u{1b}"),
        (
            base().from(Origin::Text(place.clone())),
            "conf/a.toml:2:1: error[SC0102]: `b`: wrong\\u{1b}",
        ),
        (
            base().from(Origin::Text(profiled)),
            "conf/a.toml:2:1: error[SC0102]: `b`: wrong\\u{1b} (profile prod)",
        ),
        (
            base().from(Origin::Dotenv { name: "APP_B".to_owned(), location: place }),
            "conf/a.toml:2:1: error[SC0102]: `b`: wrong\\u{1b} (variable APP_B)",
        ),
        (
            base().from(Origin::Variable { name: "APP_B".to_owned() }),
            "variable APP_B: error[SC0102]: `b`: wrong\\u{1b}",
        ),
    ];
    for (problem, expected) in cases {
        assert_eq!(format!("{problem:#}"), expected);
        assert_eq!(problem.to_string(), "`b`: wrong\\u{1b}");
        assert_eq!(ConfigError::from(problem).to_string(), expected);
    }
}
