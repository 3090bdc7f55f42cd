//! What a report shows, and in which order.

use superconfig::{Format, SecretString, SuperConfig};

use super::{NOTHING, Row, Settings, directory, report, text, within};

#[test]
fn row_23_every_error_is_told_sorted_by_source_and_line() {
    let mut row = Row::new(23);
    let files = [
        ("a.toml", "[production]\nport = 'x'\n[database]\npool = -1\n"),
        ("b.yaml", "database:\n  url: [\n"),
        ("c.json", "{\"debug\": 5,\n \"port\": 70000}"),
    ];
    let directory = directory(&files);
    let config = within(directory.path())
        .with_file("a.toml")
        .with_file("missing.toml")
        .with_file("b.yaml")
        .with_file("c.json")
        .with_override("prot", 1)
        .select_profile("production");
    let error = config.extract().expect_err("nearly everything is wrong");
    let found: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| {
            let place = problem.origin.as_ref().expect("each has a place");
            format!("{} {place}", problem.code)
        })
        .collect();
    row.equal(
        "places",
        &found,
        &[
            "SC0102 a.toml:2:8",
            "SC0103 a.toml:4:8",
            "SC0401 missing.toml",
            "SC0301 b.yaml:2:8",
            "SC0102 c.json:1:11",
            "SC0103 c.json:2:10",
            "SC0504 an override in the program",
        ],
    );
    row.end();
}

#[test]
fn row_23_a_hundred_errors_are_told_and_the_rest_is_counted() {
    let mut row = Row::new(23);
    let lines: Vec<_> = (0..150).map(|index| format!("port.a{index} = 1")).collect();
    let lines = lines.join("\n");
    let items = (0..150).map(|_| "1").collect::<Vec<_>>().join(", ");
    let config = text::<Settings>(Format::Toml, format!("tags = [{items}]\n{lines}\n"));
    let error = config.extract().expect_err("nothing of it is right");
    row.equal("told", &error.problems().len(), &101);
    let last = error.problems().last().map(|problem| problem.message.clone());
    row.equal("the rest", &last.as_deref(), &Some("51 more problems not shown"));
    row.end();
}

#[test]
fn row_40_an_error_at_the_end_of_a_long_line_is_told_shortly() {
    let mut row = Row::new(40);
    let long = "x".repeat(10_000_000);
    let cases = [
        (Format::Toml, format!("tags = ['{long}', 5]")),
        (Format::Toml, format!("tags = ['{long}', 'y'")),
        (Format::Json, format!("{{\"name\": \"{long}\", \"port\": \"x\"}}")),
        (Format::Json, format!("{{\"name\": \"{long}\", \"port\": x}}")),
        (Format::Yaml, format!("{{name: {long}, port: x}}")),
        (Format::Yaml, format!("{{name: {long}, port: @}}")),
    ];
    for (format, content) in cases {
        let case = format!("{format:?} {}", &content[content.len() - 12..]);
        let error = text::<Settings>(format, content).extract().expect_err("its end is wrong");
        let sizes = [error.render().len(), error.to_string().len(), error.to_json().len()];
        row.equal(&case, &sizes.iter().all(|size| *size < 1000), &true);
        row.equal(&case, &(format!("{error:?}").len() < 1000), &true);
    }
    row.equal(
        "its look",
        &report(text::<Settings>(Format::Toml, format!("tags = ['{long}', 5]"))),
        &format!(
            "error[SC0102]: `tags[1]`: expected a string, found the integer 5
 --> a.toml:1:10000013
  |
1 | …{}', 5]
  | {}^

1 error",
            "x".repeat(37),
            " ".repeat(41)
        ),
    );
    row.end();
}

/// A setting of each kind that a broken line may be about.
#[derive(SuperConfig, Debug)]
#[config(env_prefix = "APP")]
struct Guarded {
    #[config(secret, default = "none")]
    password: SecretString,
    #[config(default)]
    user: String,
}

#[test]
fn row_89_a_line_that_cannot_be_read_is_masked() {
    let mut row = Row::new(89);
    let toml = || text::<Guarded>(Format::Toml, "user = 'me'\npassword = \"hunter2\" x\n");
    row.equal(
        "TOML",
        &report(toml()),
        &"error[SC0301]: more on the line than one key and its value
 --> a.toml:2:22
  |
2 | password = \"**********
  |                      ^
  = go on in the next line

1 error",
    );
    row.equal(
        "shown",
        &report(toml().show_source(true)),
        &"error[SC0301]: more on the line than one key and its value
 --> a.toml:2:22
  |
2 | password = \"hunter2\" x
  |                      ^
  = go on in the next line

1 error",
    );
    let lines = [
        (Format::Toml, "password = hunter2", "password = *******"),
        (Format::Toml, "password = 'hunter2", "password = '*******"),
        (Format::Toml, "password 'hunter2'", "******************"),
        (Format::Yaml, "password: a: hunter2", "password: **********"),
        (Format::Yaml, "password: @hunter2", "password: ********"),
        (
            Format::Json,
            "{\"password\": \"hunter2\" \"user\": 1}",
            "{\"password\": \"*********\"user\": **",
        ),
        (Format::Json, "{\"password\": hunter2}", "{\"password\": ********"),
    ];
    for (format, line, expected) in lines {
        let report = report(text::<Guarded>(format, line));
        let shown = report.lines().find_map(|line| line.strip_prefix("1 | "));
        row.equal(line, &shown, &Some(expected));
    }
    let directory = directory(&[(".env", "APP_USER=me\nAPP_PASSWORD=\"hunter2\" x\n")]);
    let config = SuperConfig::<Guarded>::new()
        .with_env_vars(NOTHING)
        .with_directory(directory.path())
        .with_dotenv(".env");
    row.equal(
        ".env",
        &report(config),
        &"error[SC0301]: something stands behind the closing quote
 --> .env:2:24
  |
2 | APP_PASSWORD=\"**********
  |                        ^
  = put the whole value in quotes, and `#` before a comment

1 error",
    );
    row.end();
}
