//! The step for the Python package: built by maturin into a virtual environment of its own, tested by pytest,
//! its types checked by mypy and pyright.
//!
//! The environment is `target/python/venv`. It is made again when `superconfig-py/requirements.txt` has changed. That
//! file names no server, so packages come from the one that pip is told to use.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::{
    Outcome,
    command::{cargo, run, works},
    workspace::Workspace,
};

const FOLDER: &str = "superconfig-py";
const REQUIREMENTS: &str = "superconfig-py/requirements.txt";
/// The oldest version that the package is for.
const OLDEST: &str = "3.10";

/// The names of Python's interpreter. `PYTHON` may name another.
const NAMES: [&str; 2] = ["python3", "python"];

/// What is missing for the step.
pub(super) fn needs() -> Outcome {
    interpreter().map(|_| ())
}

/// An interpreter that is new enough and can make environments.
fn interpreter() -> Outcome<PathBuf> {
    let can = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    let named = std::env::var_os("PYTHON").map(PathBuf::from);
    let mut candidates = named.into_iter().chain(NAMES.map(PathBuf::from));
    candidates.find(|python| works(Command::new(python).args(["-c", can]))).ok_or_else(|| {
        format!(
            "Python {OLDEST} or later with `venv` is missing; install it from your system's packages (on Debian \
             `apt install python3-venv`) or from python.org, or name it by the variable PYTHON"
        )
    })
}

pub(super) fn check(workspace: &Workspace) -> Outcome {
    let clippy = ["clippy", "--package", FOLDER, "--all-targets", "--", "-D", "warnings"];
    run(&mut cargo(workspace, clippy))?;
    let environment = Environment::ready(workspace)?;
    environment.build(workspace, &[])?;
    run(environment.python(workspace).args(["-m", "pytest", "-q"]))?;
    run(environment.python(workspace).args(["-m", "mypy"]))?;
    if !works(Command::new("node").arg("--version")) {
        println!("pyright is left out: it needs Node.js, which is missing");
        return Ok(());
    }
    let mut pyright = environment.python(workspace);
    pyright.args(["-m", "pyright", "--pythonpath"]).arg(environment.program("python"));
    // It installs its other half by npm, and that into our folder.
    pyright.env("PYRIGHT_PYTHON_CACHE_DIR", environment.folder.join("pyright"));
    run(pyright.env("PYRIGHT_PYTHON_GLOBAL_NODE", "1"))
}

/// A virtual environment of Python's.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The one of the tests, made where it is not there.
    pub(crate) fn ready(workspace: &Workspace) -> Outcome<Self> {
        Self::with(workspace, "venv", REQUIREMENTS)
    }

    /// An environment with what a file of requirements says.
    pub(crate) fn with(workspace: &Workspace, name: &str, requirements: &str) -> Outcome<Self> {
        let environment = Self { folder: folder().join(name) };
        let wanted = workspace.read(requirements)?;
        let installed = environment.folder.join("installed.txt");
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
            return Ok(environment);
        }
        let python = interpreter()?;
        run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&environment.folder))?;
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
        let mut pip = Command::new(environment.program("python"));
        run(pip.args(install).arg(workspace.path(requirements)))?;
        fs::write(&installed, wanted)
            .map_err(|error| format!("{}: {error}", installed.display()))?;
        Ok(environment)
    }

    /// Builds the package and installs it there, so that Python reads its sources where they are.
    pub(crate) fn build(&self, workspace: &Workspace, options: &[&str]) -> Outcome {
        let mut maturin = self.python(workspace);
        maturin.args(["-m", "maturin", "develop", "--locked", "--quiet"]).args(options);
        run(maturin.env("VIRTUAL_ENV", &self.folder))
    }

    /// Its interpreter, in the package's folder.
    pub(crate) fn python(&self, workspace: &Workspace) -> Command {
        let mut command = Command::new(self.program("python"));
        command.current_dir(workspace.path(FOLDER)).env_remove("PYTHONPATH");
        command
    }

    fn program(&self, name: &str) -> PathBuf {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        self.folder.join(folder).join(format!("{name}{EXE_SUFFIX}"))
    }
}

/// Where everything is that the step makes.
fn folder() -> PathBuf {
    // This program stands in `target/debug`, wherever that is.
    let here = std::env::current_exe().ok();
    let target = here.as_deref().and_then(|program| program.parent()?.parent());
    target.map_or_else(|| PathBuf::from("target"), PathBuf::from).join("python")
}
