//! Files that are none, may not be read, or may be written by others: rows 42 to 45.

use std::fs;
use std::path::Path;

use superconfig::{ConfigError, SecretString, SuperConfig};

use crate::{NOTHING, Row, Settings, directory, within, write};

fn empty() -> tempfile::TempDir {
    directory::<&str>(&[])
}

#[test]
fn row_42_a_directory_is_no_file() {
    let mut row = Row::new(42);
    let directory = empty();
    fs::create_dir(directory.path().join("a.toml")).expect("a directory");
    row.refused(
        "required",
        within(directory.path()).with_file("a.toml"),
        &["SC0402 a.toml: this is a directory, and a regular file is expected = name a file \
             in it, or read all of its files by `with_glob`"],
    );
    row.refused(
        "optional",
        within(directory.path()).with_file_opt("a.toml"),
        &["SC0402 a.toml: this is a directory, and a regular file is expected = name a file \
             in it, or read all of its files by `with_glob`"],
    );
    fs::create_dir(directory.path().join(".env")).expect("a directory");
    row.refused(
        ".env",
        within(directory.path()).with_dotenv(".env"),
        &["SC0402 .env: this is a directory, and a regular file is expected = name a file in \
             it, or read all of its files by `with_glob`"],
    );
    row.end();
}

#[cfg(unix)]
mod on_unix {
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    fn link(directory: &Path, name: &str, target: impl AsRef<Path>) {
        let path = directory.join(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        symlink(target, path).expect("a link");
    }

    fn mode(directory: &Path, name: &str, mode: u32) {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(directory.join(name), permissions).expect("a file of ours");
    }

    #[test]
    fn row_42_sockets_and_devices_are_no_files() {
        let mut row = Row::new(42);
        let directory = empty();
        let _socket = UnixListener::bind(directory.path().join("s.toml")).expect("a socket");
        row.refused(
            "a socket",
            within(directory.path()).with_file("s.toml"),
            &["SC0402 s.toml: this is a socket, and a regular file is expected"],
        );
        link(directory.path(), "zero.yaml", "/dev/zero");
        row.refused(
            "/dev/zero",
            within(directory.path()).with_file("zero.yaml"),
            &["SC0402 zero.yaml: this is a device, and a regular file is expected"],
        );
        row.refused(
            "by name",
            within(directory.path()).with_file_opt("/dev/zero"),
            &["SC0402 /dev/zero: this is a device, and a regular file is expected"],
        );
        row.refused(
            "by a glob",
            within(directory.path()).with_glob("s.*"),
            &["SC0402 s.toml: this is a socket, and a regular file is expected"],
        );
        row.end();
    }

    /// A pipe that nobody writes to: whoever opens it as a file waits for ever.
    #[cfg(target_os = "linux")]
    #[test]
    fn row_42_a_pipe_is_refused_without_waiting() {
        let mut row = Row::new(42);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(writer);
        let directory = empty();
        link(directory.path(), "a.json", format!("/proc/self/fd/{}", reader.as_raw_fd()));
        for config in [
            within(directory.path()).with_file("a.json"),
            within(directory.path()).with_file_opt("a.json"),
        ] {
            row.refused(
                "a pipe",
                config,
                &["SC0402 a.json: this is a named pipe, and a regular file is expected"],
            );
        }
        // One that somebody holds open for writing, and never writes.
        let (reader, _writer) = std::io::pipe().expect("a pipe");
        link(directory.path(), "b.json", format!("/proc/self/fd/{}", reader.as_raw_fd()));
        row.refused(
            "open",
            within(directory.path()).with_file("b.json"),
            &["SC0402 b.json: this is a named pipe, and a regular file is expected"],
        );
        row.end();
    }

    /// A file of `/proc` says that it is regular and empty, and is read as far as the limit.
    #[cfg(target_os = "linux")]
    #[test]
    fn row_42_a_file_of_proc_is_text_like_any_other() {
        let mut row = Row::new(42);
        let config = within(Path::new("/")).with_file("/proc/self/comm");
        let error = config.extract().expect_err("no settings");
        row.equal("a syntax error", &error.problems()[0].code.as_str(), &"SC0301");
        row.end();
    }

    #[test]
    fn row_43_what_cannot_be_read_is_never_absent() {
        let mut row = Row::new(43);
        let directory = empty();
        let path = directory.path();
        link(path, "loop.toml", "loop.toml");
        link(path, "one.yaml", "two.yaml");
        link(path, "two.yaml", "one.yaml");
        let long = "x".repeat(300) + ".toml";
        let lead = |target| {
            format!("it cannot be read = it is a link to {target}: do the links lead back to it?")
        };
        let of_long = "its name is longer than the file system allows".to_owned();
        let of_nul = "its name holds a character that no file's name has".to_owned();
        for (name, expected) in [
            ("loop.toml", lead("loop.toml")),
            ("one.yaml", lead("two.yaml")),
            (&*long, of_long),
            ("a\0b.toml", of_nul),
        ] {
            let shown = name.replace('\0', "\\u{0}");
            let expected = format!("SC0403 {shown}: {expected}");
            row.refused(name, within(path).with_file(name), &[&expected]);
            row.refused(name, within(path).with_file_opt(name), &[&expected]);
        }
        link(path, ".env", ".env");
        let expected = format!("SC0403 .env: {}", lead(".env"));
        row.refused(".env", within(path).with_dotenv(".env"), &[&expected]);
        link(path, "orders.toml", "orders.toml");
        let expected = format!("SC0403 {}/orders.toml: {}", path.display(), lead("orders.toml"));
        row.refused("discovery", within(path).with_hierarchical("orders"), &[&expected]);
        let report = crate::report(within(path).with_file("loop.toml"));
        row.equal("the cause", &report.contains("because: "), &true);
        row.end();
    }

    #[test]
    fn row_43_only_what_is_not_there_is_absent() {
        let mut row = Row::new(43);
        let directory = directory(&[("file", "")]);
        let path = directory.path();
        link(path, "dangling.toml", "gone.toml");
        for name in ["gone.toml", "no/such/directory/a.toml", "file/a.toml", "dangling.toml"] {
            row.warned(name, within(path).with_file_opt(name), &[]);
        }
        let shown = path.display();
        for (name, advice) in [
            ("gone.toml", String::new()),
            ("no/such/a.toml", format!(" = there is no directory {shown}/no/such")),
            ("file/a.toml", format!(" = there is no directory {shown}/file")),
            ("dangling.toml", " = it is a link to gone.toml, which leads nowhere".to_owned()),
        ] {
            let expected = format!(
                "SC0401 {name}: the file does not exist = it was looked for at {shown}/{name}\
                 {advice} = use `with_file_opt` if it may be missing"
            );
            row.refused(name, within(path).with_file(name), &[&expected]);
        }
        row.end();
    }

    /// Root may read everything, so this says something only to those who are not root.
    #[test]
    fn row_43_a_file_without_permission() {
        let mut row = Row::new(43);
        let directory = directory(&[("a.toml", "port = 5")]);
        mode(directory.path(), "a.toml", 0o000);
        if fs::read(directory.path().join("a.toml")).is_ok() {
            return eprintln!("skipped: this process may read every file");
        }
        for config in [
            within(directory.path()).with_file("a.toml"),
            within(directory.path()).with_file_opt("a.toml"),
        ] {
            let expected = "SC0403 a.toml: this process may not read it = allow it to read the \
                            file, and to enter every directory above";
            row.refused("no permission", config, &[expected]);
        }
        row.end();
    }

    #[test]
    fn row_44_a_file_that_everyone_may_write_is_not_believed() {
        let mut row = Row::new(44);
        let directory = directory(&[("a.toml", "port = 5")]);
        let path = directory.path();
        mode(path, "a.toml", 0o666);
        let config = |strict| within(path).with_file("a.toml").strict_permissions(strict);
        row.refused(
            "strict",
            config(true),
            &["SC0404 a.toml: everyone may write the file = take that right away (`chmod o-w`) = \
             `strict_permissions(false)` makes this a warning"],
        );
        row.warned(
            "not strict",
            config(false),
            &["SC0404 a.toml: everyone may write the file = take that right away (`chmod o-w`)"],
        );
        row.loaded("not strict", config(false), |settings| settings.port, 5);
        // Without a word about it, this depends on who runs it, and is never silent.
        let found = match within(path).with_file("a.toml").build() {
            Ok(handle) => handle.warnings()[0].code,
            Err(error) => error.problems()[0].code,
        };
        row.equal("by default", &found.as_str(), &"SC0404");
        mode(path, "a.toml", 0o644);
        row.warned("0644", config(true), &[]);
        row.end();
    }

    #[derive(SuperConfig)]
    #[config(env_prefix = "APP")]
    struct Keys {
        #[config(secret)]
        key: SecretString,
    }

    #[test]
    fn row_44_the_file_of_a_secret_that_everyone_may_read_is_worth_a_warning() {
        use superconfig::ExposeSecret;
        let mut row = Row::new(44);
        let directory = directory(&[("key", "hunter2\n")]);
        let path = directory.path().join("key");
        let config = || {
            let variables = [("APP_KEY_FILE", path.as_os_str())];
            SuperConfig::<Keys>::new().with_env(None).with_env_vars(variables)
        };
        mode(directory.path(), "key", 0o644);
        let name = path.display();
        let expected = format!(
            "SC0407 {name}: `key`: the file holds a secret, and everyone may read it = take that \
             right away (`chmod o-r`; for a volume of Kubernetes, `defaultMode: 0400`)"
        );
        row.warned("0644", config(), &[&expected]);
        mode(directory.path(), "key", 0o600);
        row.warned("0600", config(), &[]);
        row.loaded("0600", config(), |keys| keys.key.expose_secret().to_owned(), "hunter2");
        mode(directory.path(), "key", 0o602);
        let expected = format!(
            "SC0404 {name}: `key`: everyone may write the file = take that right away (`chmod \
             o-w`) = `strict_permissions(false)` makes this a warning = the file is named by \
             APP_KEY_FILE"
        );
        row.refused("0602", config().strict_permissions(true), &[&expected]);
        fs::remove_file(&path).expect("a file of ours");
        let expected = format!(
            "SC0401 {name}: `key`: the file does not exist = the file is named by APP_KEY_FILE"
        );
        row.refused("gone", config(), &[&expected]);
        row.end();
    }

    #[derive(SuperConfig)]
    #[config(env_prefix = "APP")]
    struct Login {
        #[config(default = "nobody")]
        user: String,
        #[config(secret, default = "none")]
        password: String,
        #[config(nested)]
        servers: Vec<Keys>,
    }

    #[test]
    fn row_44_a_secret_in_any_file_that_everyone_may_read_is_worth_one_warning() {
        let mut row = Row::new(44);
        let files = [
            ("fast.toml", "password = 'hunter2'\nservers = [{key = 'hunter2'}]"),
            ("fast.json", r#"{"password": "hunter2"}"#),
            ("fast.yaml", "servers:\n- key: hunter2\n"),
            ("remarks.toml", "prot = 1\n[[servers]]\nkey = 'hunter2'"),
            ("vars.env", "APP_USER=me\nAPP_PASSWORD=hunter2\n"),
            ("public.toml", "user = 'me'"),
            ("public.env", "APP_USER=me\n"),
        ];
        let directory = directory(&files);
        let config = || {
            let config = SuperConfig::<Login>::new().with_directory(directory.path());
            config.with_env(None).with_env_vars([("APP_PASSWORD", "hunter2")])
        };
        let load = |name: &str| match name.strip_suffix(".env") {
            Some(_) => config().with_dotenv(name),
            None => config().with_file(name),
        };
        let warning = |name: &str, secret: &str| {
            format!(
                "SC0407 {name}: the file sets the secret `{secret}`, and everyone may read it = \
                 take that right away (`chmod o-r`; for a volume of Kubernetes, `defaultMode: 0400`)"
            )
        };
        let unknown = "SC0203 remarks.toml:1:1: `prot`: unknown key = known here: user, password, \
                       servers";
        for (name, secret) in [
            ("fast.toml", Some("password")),
            ("fast.json", Some("password")),
            ("fast.yaml", Some("key")),
            ("remarks.toml", Some("key")),
            ("vars.env", Some("password")),
            ("public.toml", None),
            ("public.env", None),
        ] {
            let remark = (name == "remarks.toml").then(|| unknown.to_owned());
            let quiet: Vec<_> = remark.iter().map(String::as_str).collect();
            let exposed = secret.map(|secret| warning(name, secret));
            let mut loud: Vec<_> = exposed.iter().map(String::as_str).collect();
            mode(directory.path(), name, 0o600);
            row.warned(&format!("{name} 0600"), load(name), &quiet);
            mode(directory.path(), name, 0o644);
            loud.extend(&quiet);
            row.warned(&format!("{name} 0644"), load(name), &loud);
            row.warned(&format!("{name} by tree"), load(name).by_tree(), &loud);
            let suppressed = load(name).suppress_warnings(["SC0407"]);
            row.warned(&format!("{name} suppressed"), suppressed, &quiet);
        }
        // A text of the program's own is no file, whatever it is called.
        let text = config().with_named_text("fast.toml", superconfig::Format::Toml, files[0].1);
        row.warned("a text", text.with_file("public.toml"), &[]);
        let both = config().with_file("fast.toml").with_file("fast.json");
        let expected = [warning("fast.toml", "password"), warning("fast.json", "password")];
        row.warned("each", both, &[&expected[0], &expected[1]]);
        let of = |login: Login| (login.user, login.password, login.servers.len());
        let expected = ("nobody".to_owned(), "hunter2".to_owned(), 1);
        row.loaded("all the same", config().with_file("fast.toml"), of, expected);
        row.end();
    }

    #[test]
    fn row_45_links_of_named_files_are_followed_anywhere() {
        let mut row = Row::new(45);
        let elsewhere = directory(&[("a.toml", "port = 5")]);
        let directory = empty();
        let path = directory.path();
        link(path, "a.toml", elsewhere.path().join("a.toml"));
        link(path, "b.toml", "a.toml");
        for name in ["a.toml", "b.toml"] {
            row.loaded(name, within(path).with_file(name), |settings| settings.port, 5);
        }
        row.end();
    }

    #[test]
    fn row_45_links_of_globs_and_of_projects_stay_inside() {
        let mut row = Row::new(45);
        let elsewhere = directory(&[("evil.toml", "port = 666")]);
        let evil = elsewhere.path().join("evil.toml");
        let directory = directory(&[("conf.d/sub/a.toml", "port = 5"), ("real.toml", "port = 6")]);
        let path = directory.path().canonicalize().expect("it exists");
        // Inside: followed.
        link(&path, "conf.d/b.toml", "../real.toml");
        // Directories: passed by, so that a loop costs nothing.
        link(&path, "conf.d/loop", ".");
        link(&path, "conf.d/elsewhere", elsewhere.path());
        let config = || within(&path).with_glob("conf.d/**/*.toml");
        row.loaded("inside", config(), |settings| settings.port, 5);
        let handle = config().build().expect("all is well");
        let found = handle.places().iter().filter(|place| place.found).count();
        row.equal("each file once", &found, &2);
        // Outside: refused.
        link(&path, "conf.d/evil.toml", &evil);
        let evil = evil.canonicalize().expect("it exists");
        let (shown, out) = (path.display(), evil.display());
        let expected = format!(
            "SC0403 {shown}/conf.d/evil.toml: a link that leads out of the directory, to {out} = \
             `GlobOptions {{ follow_links: true, .. }}` follows links anywhere"
        );
        row.refused("outside", config(), &[&expected]);
        fs::remove_file(path.join("conf.d/evil.toml")).expect("a link of ours");
        link(&path, "conf.d/gone.toml", "nowhere.toml");
        let expected = format!(
            "SC0401 {shown}/conf.d/gone.toml: a link that leads nowhere = remove it, or correct \
             where it leads"
        );
        row.refused("nowhere", config(), &[&expected]);
        fs::remove_file(path.join("conf.d/gone.toml")).expect("a link of ours");
        link(&path, "conf.d/self.toml", "self.toml");
        let expected = format!(
            "SC0403 {shown}/conf.d/self.toml: it cannot be read = it is a link to self.toml: do \
             the links lead back to it?"
        );
        row.refused("a loop", config(), &[&expected]);
        // The same in what discovery finds.
        link(&path, "orders.toml", &evil);
        fs::create_dir(path.join(".git")).expect("a directory");
        let discovery = || within(&path).with_hierarchical("orders");
        let expected = format!(
            "SC0403 {shown}/orders.toml: a link that leads out of the directory, to {out} = \
             `with_file` reads it wherever it leads"
        );
        row.refused("discovery", discovery(), &[&expected]);
        fs::remove_file(path.join("orders.toml")).expect("a link of ours");
        link(&path, "orders.toml", "real.toml");
        row.loaded("discovery", discovery(), |settings| settings.port, 6);
        row.end();
    }
}

#[test]
fn row_43_an_error_names_the_file_and_its_cause() {
    let directory = empty();
    write(directory.path(), "b.toml", "port = 5");
    let error: ConfigError = SuperConfig::<Settings>::new()
        .with_env_vars(NOTHING)
        .with_directory(directory.path())
        .with_file("a.tmol")
        .with_file("~/c.toml")
        .extract()
        .expect_err("no such files");
    let mut row = Row::new(43);
    let shown = directory.path().display();
    let expected = [
        format!(
            "SC0401 a.tmol: the file does not exist = it was looked for at {shown}/a.tmol = did \
             you mean b.toml? = nor is there one with .toml, .yaml, .yml or .json = use \
             `with_file_opt` if it may be missing"
        ),
        format!(
            "SC0401 ~/c.toml: the file does not exist = it was looked for at {shown}/~/c.toml = \
             there is no directory {shown}/~ = `~` is the shell's: here it is a directory of that \
             name = use `with_file_opt` if it may be missing"
        ),
    ];
    row.equal("missing", &superconfig_tests::refused(&error), &expected);
    row.end();
}
