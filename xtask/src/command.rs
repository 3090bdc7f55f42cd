//! Running cargo the way a person in a shell would.

use std::io::IsTerminal;
use std::process::{Command, Stdio};

use crate::{Outcome, workspace::Workspace};

/// A `cargo` command in the workspace's root.
pub(crate) fn cargo<'a>(
    workspace: &Workspace,
    arguments: impl IntoIterator<Item = &'a str>,
) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&workspace.root);
    // `cargo run` describes the xtask package to us; a build script that looks at these variables
    // must not be run again because of it.
    for (name, _) in std::env::vars_os() {
        let described = name.to_string_lossy();
        if described.starts_with("CARGO_PKG_") || described.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    if std::env::var_os("CARGO_TERM_COLOR").is_none() {
        let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        command.env("CARGO_TERM_COLOR", if colours { "always" } else { "never" });
        if !colours {
            // What cargo starts, such as the compile-time tests, knows only this variable.
            command.env("NO_COLOR", "1");
        }
    }
    command
}

/// Shows a command, runs it with our own output, and reports its failure in words.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let shown = show(command);
    println!("$ {shown}");
    let status = command.status().map_err(|error| format!("`{shown}` could not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed ({status})")) }
}

/// Whether a command exists and works; its output is dropped.
pub(crate) fn works(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

/// Fails with the way to install it where a cargo subcommand is missing.
pub(crate) fn require(workspace: &Workspace, subcommand: &str, install: &str) -> Outcome {
    if works(&mut cargo(workspace, [subcommand, "--version"])) {
        Ok(())
    } else {
        Err(format!("`cargo {subcommand}` is missing; install it with `{install}`"))
    }
}

/// A command as one would type it, with the variables that it is given.
pub(crate) fn show(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let variables = command
        .get_envs()
        .filter(|(name, _)| *name != "CARGO_TERM_COLOR" && *name != "NO_COLOR")
        .filter_map(|(name, value)| Some((name, value?.to_string_lossy())))
        .map(|(name, value)| format!("{}={} ", name.to_string_lossy(), quote(&value)));
    let words = command.get_args().map(|word| format!(" {}", quote(&word.to_string_lossy())));
    [variables.collect(), name, words.collect::<String>()].concat()
}

fn quote(word: &str) -> String {
    let plain =
        !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || "'\"$".contains(c));
    if plain { word.to_owned() } else { format!("{word:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_shown_as_one_types_them() {
        let mut command = Command::new("cargo");
        command.args(["doc", "two words"]).env("FLAGS", "-D warnings").env("CARGO_TERM_COLOR", "x");
        assert_eq!(show(&command), "FLAGS=\"-D warnings\" cargo doc \"two words\"");
    }
}
