//! The examples do what they show: each is run, and what it prints is compared with a file.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::transcript::{blessed, difference, transcript};
use crate::{
    Outcome,
    command::{cargo, show},
    workspace::Workspace,
};

/// One run of an example. An example may have several, each with its own expected output.
struct Run {
    /// The example's name, as in `cargo run --example NAME`.
    example: &'static str,
    arguments: &'static [&'static str],
    /// Besides these a run sees only `PATH` and an empty home.
    variables: &'static [(&'static str, &'static str)],
    /// Where it runs, from the repository's root; `""` is the root itself.
    folder: &'static str,
    /// The file with its output, from the root. See [`super::transcript`] for what it may hold.
    expected: &'static str,
}

/// Every run. An example that is not listed here is not checked, so list it here.
const RUNS: &[Run] = &[
    Run {
        example: "quickstart",
        arguments: &[],
        variables: &[],
        folder: "",
        expected: "examples/quickstart/expected.txt",
    },
    Run {
        example: "quickstart",
        arguments: &[],
        variables: &[("ORDERS_PROFILE", "production"), ("ORDERS_PORT", "9000")],
        folder: "",
        expected: "examples/quickstart/expected.production.txt",
    },
    Run {
        example: "errors",
        arguments: &[],
        variables: &[],
        folder: "",
        expected: "examples/errors/expected.txt",
    },
    Run {
        example: "broken",
        arguments: &[],
        variables: &[],
        folder: "",
        expected: "examples/broken/expected.txt",
    },
    Run {
        example: "broken",
        arguments: &["unreadable"],
        variables: &[],
        folder: "",
        expected: "examples/broken/expected.unreadable.txt",
    },
    Run {
        example: "layers",
        arguments: &[],
        variables: &[],
        folder: "",
        expected: "examples/layers/expected.txt",
    },
    Run {
        example: "layers",
        arguments: &["production"],
        variables: &[],
        folder: "",
        expected: "examples/layers/expected.production.txt",
    },
    Run {
        example: "layers",
        arguments: &["staging,eu"],
        variables: &[],
        folder: "",
        expected: "examples/layers/expected.two.txt",
    },
    Run {
        example: "lists",
        arguments: &[],
        variables: &[],
        folder: "",
        expected: "examples/lists/expected.txt",
    },
    Run {
        example: "explain",
        arguments: &[],
        variables: &[],
        folder: "",
        expected: "examples/explain/expected.txt",
    },
    Run {
        example: "flags",
        arguments: &["--help"],
        variables: &[],
        folder: "",
        expected: "examples/flags/expected.help.txt",
    },
    Run {
        example: "flags",
        arguments: &["-p", "9000", "--plugins-add", "http", "--database-url=sqlite:"],
        variables: &[("ORDERS_PORT", "80"), ("ORDERS_API_KEY", "hunter2")],
        folder: "",
        expected: "examples/flags/expected.txt",
    },
    Run {
        example: "service",
        arguments: &["--check"],
        variables: &[("ORDERS_PROFILE", "production")],
        folder: "",
        expected: "examples/service/expected.production.txt",
    },
    Run {
        example: "service",
        arguments: &["--check", "--set", "server.port=80000"],
        variables: &[("ORDERS_DATABASE_POOL_MIN", "30")],
        folder: "",
        expected: "examples/service/expected.wrong.txt",
    },
    Run {
        example: "service",
        arguments: &["--once"],
        variables: &[],
        folder: "",
        expected: "examples/service/expected.once.txt",
    },
    Run {
        example: "service",
        arguments: &["--play"],
        variables: &[],
        folder: "",
        expected: "examples/service/expected.play.txt",
    },
];

/// An example that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(60);

/// Compares what every example prints with what it should.
pub(super) fn check(workspace: &Workspace) -> Outcome {
    each(workspace, RUNS, |run, actual| {
        let cure = "`cargo xtask bless examples` makes what it prints now the expected output";
        let expected =
            workspace.read(run.expected).map_err(|message| format!("{message}\n{cure}"))?;
        match difference(&expected, actual) {
            None => Ok(()),
            Some(lines) => Err(format!("{} differs {lines}{cure}", run.expected)),
        }
    })
}

/// Makes what every example prints now the expected output.
pub(crate) fn bless(workspace: &Workspace) -> Outcome {
    each(workspace, RUNS, |run, actual| {
        let expected = workspace.read(run.expected).unwrap_or_default();
        if difference(&expected, actual).is_none() {
            return Ok(());
        }
        println!("rewriting {}", run.expected);
        workspace.write(run.expected, &blessed(&expected, actual))
    })
}

/// Builds the examples, runs them, and hands each transcript on.
fn each(
    workspace: &Workspace,
    runs: &[Run],
    mut with: impl FnMut(&Run, &str) -> Outcome,
) -> Outcome {
    let built = build(workspace)?;
    let unlisted = built.iter().filter(|(name, _)| !runs.iter().any(|run| run.example == name));
    let mut failed: Vec<String> = unlisted
        .map(|(name, _)| format!("the example `{name}` has no row in xtask/src/test/examples.rs"))
        .collect();
    for run in runs {
        let outcome = match built.iter().find(|(name, _)| name == run.example) {
            Some((_, program)) => {
                output(workspace, run, program).and_then(|actual| with(run, &actual))
            }
            None => Err("there is no such example".to_owned()),
        };
        if let Err(message) = outcome {
            failed.push(format!("{}: {message}", run.example));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// Builds all examples at once, with the features that the tests were built with, and says where
/// they are. `cargo run` for each of them would choose features for it alone and build again.
fn build(workspace: &Workspace) -> Outcome<Vec<(String, PathBuf)>> {
    let words = ["build", "--examples", "--message-format=json-render-diagnostics"];
    let mut command = cargo(workspace, words);
    println!("$ {}", show(&command));
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo could not start: {error}"))?;
    if !output.status.success() {
        return Err("the examples do not build".to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().filter_map(artifact).collect())
}

/// The name and the program of an example in one line of cargo's messages.
fn artifact(message: &str) -> Option<(String, PathBuf)> {
    let target = message.split_once("\"target\":{\"kind\":[\"example\"]")?.1;
    let name = string_after(target, "\"name\":")?;
    let program = string_after(target, "\"executable\":")?;
    Some((name, program.into()))
}

/// The JSON string behind a key. Names and paths hold no escapes but the one of a backslash.
fn string_after(message: &str, key: &str) -> Option<String> {
    let value = message.split_once(key)?.1.strip_prefix('"')?;
    Some(value.split_once('"')?.0.replace("\\\\", "\\"))
}

/// Runs an example where nothing of the developer's own settings reaches it.
fn output(workspace: &Workspace, run: &Run, program: &Path) -> Outcome<String> {
    let home = program.with_file_name("empty-home");
    std::fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
    let variables = || run.variables.iter().copied();
    let mut command = Command::new(program);
    command.args(run.arguments).current_dir(workspace.path(run.folder)).envs(variables());
    println!("$ {}", show(&command));
    // Windows programs do not start without `SystemRoot`.
    let needed = ["PATH", "SystemRoot"].map(|name| (name, std::env::var_os(name)));
    let needed = needed.into_iter().filter_map(|(name, value)| Some((name, value?)));
    command.env_clear().envs(needed).env("HOME", &home).envs(variables());
    Ok(transcript(&within(LIMIT, &mut command)?, &workspace.root))
}

/// Runs a program to its end, or ends it when it takes too long.
fn within(limit: Duration, command: &mut Command) -> Outcome<Output> {
    let mut child: Child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("could not start: {error}"))?;
    // Both pipes are emptied while the program runs; it would wait for us otherwise.
    let stdout = child.stdout.take().map(|pipe| thread::spawn(move || read_all(pipe)));
    let stderr = child.stderr.take().map(|pipe| thread::spawn(move || read_all(pipe)));
    let start = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) => break status,
            None if start.elapsed() > limit => {
                let ended = child.kill().and_then(|()| child.wait());
                ended.map_err(|error| error.to_string())?;
                return Err(format!("still running after {} s", limit.as_secs()));
            }
            None => thread::sleep(Duration::from_millis(10)),
        }
    };
    let joined = |thread: Option<thread::JoinHandle<Vec<u8>>>| {
        thread.and_then(|thread| thread.join().ok()).unwrap_or_default()
    };
    Ok(Output { status, stdout: joined(stdout), stderr: joined(stderr) })
}

fn read_all(mut pipe: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before a broken pipe is what there is.
    let _ = pipe.read_to_end(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_says_where_an_example_is() {
        let message = r#"{"reason":"compiler-artifact","package_id":"p","target":{"kind":["example"],"crate_types":["bin"],"name":"lists","src_path":"x"},"executable":"C:\\t\\lists.exe","fresh":true}"#;
        assert_eq!(artifact(message), Some(("lists".to_owned(), r"C:\t\lists.exe".into())));
        let library = message.replace("example", "lib");
        assert_eq!(artifact(&library), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended() {
        let shell = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            within(Duration::from_millis(300), &mut command)
        };
        assert_eq!(shell("exec sleep 30").unwrap_err(), "still running after 0 s");
        let output = shell("echo out; echo err >&2; exit 3").unwrap();
        assert_eq!((&output.stdout[..], &output.stderr[..]), (&b"out\n"[..], &b"err\n"[..]));
        assert_eq!(output.status.code(), Some(3));
    }
}
