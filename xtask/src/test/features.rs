//! Each feature of `superconfig` alone, none and all of them; with all of them its unit tests too, for
//! what only a feature that is off by default has is tested nowhere else.

use crate::{
    Outcome,
    command::{cargo, require, run},
    manifest,
    workspace::Workspace,
};

/// Builds every combination, warnings denied: what only one feature uses is unused without it.
///
/// The names are read from the manifest, so that a new feature cannot be forgotten here. Cargo keeps
/// each combination under its own name in the one target directory.
pub(super) fn check(workspace: &Workspace) -> Outcome {
    require(workspace, "clippy", "rustup component add clippy")?;
    let features = manifest::features(&workspace.read("superconfig/Cargo.toml")?);
    let names: Vec<&str> = features.iter().map(|feature| feature.name.as_str()).collect();
    let mut failed: Vec<String> = combinations(&names)
        .into_iter()
        .filter_map(|choice| {
            let words = ["clippy", "--package", "superconfig", "--lib"].into_iter().chain(choice);
            run(cargo(workspace, words).args(["--", "-D", "warnings"])).err()
        })
        .collect();
    let tests = ["test", "--package", "superconfig", "--lib", "--all-features"];
    failed.extend(run(&mut cargo(workspace, tests)).err());
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

fn combinations<'a>(names: &[&'a str]) -> Vec<Vec<&'a str>> {
    let none = ["--no-default-features"];
    let alone = names.iter().map(|name| vec!["--no-default-features", "--features", name]);
    let all = vec!["--all-features", "--tests"];
    [none.to_vec()].into_iter().chain(alone).chain([all]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_each_and_all() {
        let lines: Vec<_> =
            combinations(&["toml", "yaml"]).iter().map(|choice| choice.join(" ")).collect();
        assert_eq!(
            lines,
            [
                "--no-default-features",
                "--no-default-features --features toml",
                "--no-default-features --features yaml",
                "--all-features --tests",
            ]
        );
    }
}
