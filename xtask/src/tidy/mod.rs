//! `cargo xtask tidy`: the house rules that no other tool checks.

mod arrows;
mod left_overs;
mod paths;
mod size;
mod text;

use crate::{Outcome, manifest, workspace::Workspace};

/// One thing that is wrong, and where.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    file: String,
    /// Counted from 1; 0 means the file as a whole.
    line: usize,
    message: String,
}

impl Finding {
    fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, message: message.into() }
    }

    fn print(&self, kind: &str) {
        match self.line {
            0 => println!("{kind}: {}: {}", self.file, self.message),
            line => println!("{kind}: {}:{line}: {}", self.file, self.message),
        }
    }
}

/// Checks every file of the repository and prints what is wrong.
pub(crate) fn run(workspace: &Workspace) -> Outcome {
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    let mut runtime = Vec::new();
    for file in workspace.files()? {
        if !text::is_ours(&file) {
            continue;
        }
        let source = match workspace.read(&file) {
            Ok(source) => source,
            Err(message) => {
                errors.push(Finding::new(&file, 0, message));
                continue;
            }
        };
        errors.extend(text::whitespace(&file, &source));
        errors.extend(text::machine_paths(&file, &source));
        errors.extend(text::registries(&file, &source));
        if text::has_extension(&file, "rs") {
            let (too_long, long) = size::check(&file, &source);
            errors.extend(too_long);
            warnings.extend(long);
            errors.extend(left_overs::check(&file, &source));
        }
        if file == "superconfig/Cargo.toml" {
            errors.extend(unexplained_features(&file, &source));
        }
        if let Some(inside) = file.strip_prefix("superconfig/src/")
            && text::has_extension(inside, "rs")
        {
            runtime.push((inside.to_owned(), source));
        }
    }
    errors.extend(arrows::check("superconfig/src/", &runtime));
    for finding in &warnings {
        finding.print("warning");
    }
    for finding in &errors {
        finding.print("error");
    }
    if errors.is_empty() { Ok(()) } else { Err(format!("tidy found {} error(s)", errors.len())) }
}

/// Every feature says in the manifest what it is for.
fn unexplained_features(file: &str, source: &str) -> Vec<Finding> {
    manifest::features(source)
        .into_iter()
        .filter(|feature| !feature.explained)
        .map(|feature| {
            let message = format!("say in a comment above it what `{}` is for", feature.name);
            Finding::new(file, feature.line, message)
        })
        .collect()
}
