//! `cargo xtask bless`: what the programs print now becomes what is expected of them.
//!
//! Read the difference before committing it; this command agrees with anything.

use crate::{
    Outcome,
    command::{cargo, run as run_command},
    test::examples,
    workspace::Workspace,
};

/// Rewrites the expected output that the words name, all of it without any.
pub(crate) fn run(workspace: &Workspace, what: &[&str]) -> Outcome {
    if let Some(other) =
        what.iter().find(|word| !["cases", "derive", "examples", "ui"].contains(word))
    {
        return Err(format!(
            "there is no `{other}` to bless; there are `cases`, `derive`, `examples` and `ui`"
        ));
    }
    let chosen = |name| what.is_empty() || what.contains(&name);
    if chosen("cases") {
        let words = ["test", "--package", "superconfig-tests", "--test", "cases"];
        run_command(cargo(workspace, words).env("SUPERCONFIG_BLESS", "1"))?;
    }
    if chosen("derive") {
        let words = ["test", "--package", "superconfig-derive"];
        run_command(cargo(workspace, words).env("SUPERCONFIG_BLESS", "1"))?;
    }
    if chosen("examples") {
        examples::bless(workspace)?;
    }
    if chosen("ui") {
        let words = ["test", "--package", "superconfig-ui-tests", "--tests"];
        run_command(cargo(workspace, words).env("TRYBUILD", "overwrite"))?;
    }
    Ok(())
}
