//! Reading one file: only a regular one, no more of it than the limit, and only as UTF-8.

use std::borrow::Cow;
use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::Loading;
use super::trust::{Trust, Verdict};
use crate::error::{Code, Problem, dialect};
use crate::format::Limits;
use crate::origin::{Location, Origin};
use crate::texts::{SharedText, Stamp, Texts};

/// How files are read in one loading.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'r> {
    pub(crate) limits: &'r Limits,
    pub(crate) strict: Option<bool>,
}

/// What to do about a secret in a file that everyone may read.
pub(crate) const HIDE: &str =
    "take that right away (`chmod o-r`; for a volume of Kubernetes, `defaultMode: 0400`)";

/// What was read.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) text: String,
    /// What is worth saying about the file.
    pub(crate) warning: Option<Problem>,
    /// Whether everyone may read it, which nothing but a secret in it makes worth saying.
    pub(crate) exposed: bool,
}

/// A file that was opened and may be read.
struct Opened<'o> {
    name: &'o Arc<str>,
    file: File,
    metadata: Metadata,
    limit: u64,
    warning: Option<Problem>,
}

impl Loading<'_> {
    /// Reads a document, or takes its text from the cache where the file is as it was read for that;
    /// `None` where there is none. Other files are not kept in the cache: documents are kept for
    /// provenance anyhow, while secrets should be in memory no longer than they must.
    pub(super) fn read_document(
        &mut self,
        name: &Arc<str>,
        path: &Path,
        trust: Trust,
    ) -> Result<Option<SharedText>, Problem> {
        let reading = Reading { limits: self.limits, strict: self.strict_permissions };
        let Some(mut opened) = reading.open(name, path, trust)? else { return Ok(None) };
        self.warnings.extend(opened.warning.take());
        let exposed = everyone_reads(&opened.metadata);
        let (text, cached) = match self.texts {
            Some(texts) => opened.shared(texts)?,
            None => (opened.text()?.into(), false),
        };
        if exposed {
            self.exposed.push(name.clone());
        }
        self.tally.files += 1;
        self.tally.cached += usize::from(cached);
        Ok(Some(text))
    }

    /// Reads a file; `None` where there is none. `name` is what it is called in messages.
    pub(super) fn read(
        &mut self,
        name: &Arc<str>,
        path: &Path,
        trust: Trust,
    ) -> Result<Option<String>, Problem> {
        let reading = Reading { limits: self.limits, strict: self.strict_permissions };
        let Some(content) = reading.read(name, path, trust)? else { return Ok(None) };
        self.warnings.extend(content.warning);
        if content.exposed {
            self.exposed.push(name.clone());
        }
        self.tally.files += 1;
        self.tally.bytes += content.text.len() as u64;
        Ok(Some(content.text))
    }
}

impl Reading<'_> {
    /// Reads a file; `None` where there is none.
    pub(crate) fn read(
        self,
        name: &Arc<str>,
        path: &Path,
        trust: Trust,
    ) -> Result<Option<Content>, Problem> {
        let Some(mut opened) = self.open(name, path, trust)? else { return Ok(None) };
        let warning = opened.warning.take();
        let exposed = everyone_reads(&opened.metadata);
        Ok(Some(Content { text: opened.text()?, warning, exposed }))
    }

    /// Opens a file, and looks whether it may be believed and is not too large; `None` where there
    /// is none.
    fn open<'o>(
        self,
        name: &'o Arc<str>,
        path: &Path,
        trust: Trust,
    ) -> Result<Option<Opened<'o>>, Problem> {
        if name.is_empty() {
            let problem = Problem::new(Code::NotAFile, "the path of a file is empty");
            return Err(problem.help("name the file"));
        }
        let problem = |code, message| problem(name, code, message);
        let file = match open(path) {
            Ok(file) => file,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(unopened(path, error, problem)),
        };
        let metadata = file.metadata().map_err(|error| unread(name, error))?;
        if !metadata.is_file() {
            return Err(not_a_file(metadata.file_type(), problem));
        }
        let warning = match judge(&metadata, trust, self.strict) {
            Verdict::Fine => None,
            Verdict::Warn(message, cure) => Some(problem(Code::Permissions, message).help(cure)),
            Verdict::Exposed => {
                let message = "the file holds a secret, and everyone may read it".to_owned();
                Some(problem(Code::SecretExposed, message).help(HIDE))
            }
            Verdict::Refuse(message, cure) => {
                let call = dialect::call("strict_permissions", "false");
                return Err(problem(Code::Permissions, message)
                    .help(cure)
                    .help(format!("{call} makes this a warning")));
            }
        };
        let limit = self.limits.file_bytes;
        if metadata.len() > limit {
            let size = metadata.len();
            let message = format!("the file has {size} bytes, and the limit is {limit}");
            return Err(too_large(name, message));
        }
        Ok(Some(Opened { name, file, metadata, limit, warning }))
    }
}

impl Opened<'_> {
    /// The text from the cache, where the file is as it was; otherwise it is read, and kept there.
    /// Says which of the two.
    fn shared(self, texts: &Texts) -> Result<(SharedText, bool), Problem> {
        let Some(stamp) = Stamp::of(&self.metadata) else {
            return Ok((self.text()?.into(), false));
        };
        if let Some(text) = texts.get(&stamp) {
            return Ok((text, true));
        }
        let settled = stamp.is_settled(SystemTime::now());
        let text = self.text()?;
        if stamp.is_size_of(&text) {
            Ok((texts.put(stamp, settled, text), false))
        } else {
            Ok((text.into(), false))
        }
    }

    fn text(self) -> Result<String, Problem> {
        let Self { name, mut file, metadata, limit, .. } = self;
        // One byte more than the file has, so that its end is found without growing the buffer.
        let capacity = usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1);
        let mut bytes = Vec::new();
        // Whoever raises the limit may meet a file that memory has no room for.
        if let Err(error) = bytes.try_reserve_exact(capacity) {
            let message = format!("no memory for {} bytes", metadata.len());
            return Err(too_large(name, message).because(error));
        }
        // The file may have grown since, or have no size at all (`/proc`).
        let read = (&mut file)
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| unread(name, error))?;
        if read as u64 > limit {
            return Err(too_large(
                name,
                format!("the file is larger than the limit of {limit} bytes"),
            ));
        }
        String::from_utf8(bytes)
            .map_err(|error| not_utf8(name, error.as_bytes(), error.utf8_error().valid_up_to()))
    }
}

fn problem(name: &Arc<str>, code: Code, message: String) -> Problem {
    Problem::new(code, message).from(Origin::Path(PathBuf::from(&**name)))
}

fn unread(name: &Arc<str>, error: io::Error) -> Problem {
    problem(name, Code::Unreadable, cannot(&error).to_owned()).because(error)
}

fn too_large(name: &Arc<str>, message: String) -> Problem {
    let raise = dialect::raise("file_bytes");
    problem(name, Code::TooLarge, message)
        .help(format!("{raise} if the file is meant to be so large"))
}

/// Reads the file of one secret, which a variable names: it has to be there.
pub(crate) fn secret(
    path: &Path,
    limits: &Limits,
    strict: Option<bool>,
) -> Result<Content, Problem> {
    let name = shown(path);
    let reading = Reading { limits, strict };
    reading.read(&name, path, Trust::Secret)?.ok_or_else(|| {
        Problem::new(Code::FileNotFound, "the file does not exist")
            .from(Origin::Path(path.to_owned()))
    })
}

/// Whether an error says that there is no such file, rather than that it cannot be read.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// What could not be done, in plain words.
pub(super) fn cannot(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::PermissionDenied => "this process may not read it",
        ErrorKind::InvalidFilename => "its name is longer than the file system allows",
        ErrorKind::InvalidInput => "its name holds a character that no file's name has",
        _ => "it cannot be read",
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    if let Some(flag) = NONBLOCK {
        without_waiting(&mut options, flag);
    } else if !std::fs::metadata(path)?.is_file() {
        // Where the flag is not known, opening a pipe could wait for ever.
        return Err(io::Error::other("no regular file"));
    }
    options.open(path)
}

/// `O_NONBLOCK`, so that opening a pipe without a writer does not wait: the number is not in the
/// standard library. (`O_CLOEXEC` is set by it.) Files that are not regular are refused once they
/// are open, so what has been opened cannot be exchanged in between.
const NONBLOCK: Option<i32> = if cfg!(any(target_os = "linux", target_os = "android")) {
    if cfg!(any(
        target_arch = "mips",
        target_arch = "mips32r6",
        target_arch = "mips64",
        target_arch = "mips64r6"
    )) {
        Some(0x80)
    } else if cfg!(any(target_arch = "sparc", target_arch = "sparc64")) {
        Some(0x4000)
    } else {
        Some(0x800)
    }
} else if cfg!(any(
    target_vendor = "apple",
    target_os = "freebsd",
    target_os = "netbsd",
    target_os = "openbsd",
    target_os = "dragonfly"
)) {
    Some(0x4)
} else if cfg!(any(target_os = "solaris", target_os = "illumos")) {
    Some(0x80)
} else {
    None
};

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions, flag: i32) {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(flag);
}

#[cfg(not(unix))]
fn without_waiting(_: &mut OpenOptions, _: i32) {}

#[cfg(unix)]
fn judge(metadata: &Metadata, trust: Trust, strict: Option<bool>) -> Verdict {
    use std::os::unix::fs::MetadataExt;
    let facts =
        super::trust::Facts { mode: metadata.mode(), user: metadata.uid(), group: metadata.gid() };
    super::trust::judge(facts, trust, strict)
}

#[cfg(not(unix))]
fn judge(_: &Metadata, _: Trust, _: Option<bool>) -> Verdict {
    Verdict::Fine
}

#[cfg(unix)]
fn everyone_reads(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    super::trust::everyone_reads(metadata.mode())
}

#[cfg(not(unix))]
fn everyone_reads(_: &Metadata) -> bool {
    false
}

fn unopened(path: &Path, error: io::Error, problem: impl Fn(Code, String) -> Problem) -> Problem {
    // A socket cannot be opened at all, nor can a directory on some systems.
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => not_a_file(metadata.file_type(), problem),
        _ => unreadable(path, error, problem),
    }
}

/// The problem of a file that is there, or may be, and cannot be opened.
pub(super) fn unreadable(
    path: &Path,
    error: io::Error,
    problem: impl Fn(Code, String) -> Problem,
) -> Problem {
    let mut found = problem(Code::Unreadable, cannot(&error).to_owned());
    if error.kind() == ErrorKind::PermissionDenied {
        found = found.help("allow it to read the file, and to enter every directory above");
    } else if let Ok(target) = std::fs::read_link(path) {
        let target = target.display();
        found = found.help(format!("it is a link to {target}: do the links lead back to it?"));
    }
    found.because(error)
}

fn not_a_file(kind: FileType, problem: impl Fn(Code, String) -> Problem) -> Problem {
    let what = describe(kind);
    let problem =
        problem(Code::NotAFile, format!("this is {what}, and a regular file is expected"));
    if kind.is_dir() {
        let glob = dialect::step("with_glob");
        problem.help(format!("name a file in it, or read all of its files by {glob}"))
    } else {
        problem
    }
}

#[cfg(unix)]
fn describe(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_dir() {
        "a directory"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else {
        "something else"
    }
}

#[cfg(not(unix))]
fn describe(kind: FileType) -> &'static str {
    if kind.is_dir() { "a directory" } else { "no file" }
}

fn not_utf8(name: &Arc<str>, bytes: &[u8], at: usize) -> Problem {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let (line, column) = crate::origin::line_and_column(&before, at);
    let location =
        Location { name: name.clone(), line, column, start: at, end: at + 1, profile: None };
    let problem = Problem::new(
        Code::NotUtf8,
        format!("the text is not UTF-8 (line {line}, byte offset {at})"),
    )
    .from(Origin::Text(location));
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            problem.help("the first bytes are those of UTF-16: save the file as UTF-8")
        }
        _ => problem.help("save the file as UTF-8"),
    }
}

/// The problem of a file that has to be there and is not.
pub(super) fn missing(name: &Arc<str>, path: &Path) -> Problem {
    let mut problem = Problem::new(Code::FileNotFound, "the file does not exist")
        .from(Origin::Path(PathBuf::from(&**name)));
    if *path != *Path::new(&**name) {
        problem = problem.help(format!("it was looked for at {}", path.display()));
    }
    if let Ok(target) = std::fs::read_link(path) {
        problem =
            problem.help(format!("it is a link to {}, which leads nowhere", target.display()));
    } else if let Some(near) = similar(path) {
        problem = problem.help(format!("did you mean {near}?"));
    } else if let Some(directory) = path.parent().filter(|parent| !parent.is_dir()) {
        problem = problem.help(format!("there is no directory {}", directory.display()));
    }
    if name.starts_with("~/") {
        problem = problem.help("`~` is the shell's: here it is a directory of that name");
    }
    problem.help(format!("use {} if it may be missing", dialect::step("with_file_opt")))
}

/// A file in the same directory whose name is nearly the one that was asked for.
fn similar(path: &Path) -> Option<String> {
    /// Enough for every directory that people keep configuration in.
    const ENTRIES: usize = 1_000;
    let wanted = path.file_name()?.to_str()?;
    let stem = path.file_stem()?.to_str()?;
    let distance = |name: &str| {
        let candidate = Path::new(name);
        let same_stem = candidate.file_stem().and_then(|stem| stem.to_str()) == Some(stem)
            && crate::format::Format::of_path(candidate).is_some();
        if same_stem { 1 } else { strsim::damerau_levenshtein(wanted, name) }
    };
    let names = std::fs::read_dir(path.parent()?).ok()?.take(ENTRIES).flatten();
    names
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .map(|name| (distance(&name), name))
        .filter(|(distance, name)| *distance <= 2 && *distance < name.chars().count())
        .min()
        .map(|(_, name)| name)
}

/// A path as it is shown; what is not UTF-8 in it is replaced.
pub(super) fn shown(path: &Path) -> Arc<str> {
    text(path).into()
}

/// The same text, without a copy where it need not be one.
pub(super) fn text(path: &Path) -> Cow<'_, str> {
    path.to_str().map_or_else(|| path.to_string_lossy(), Cow::Borrowed)
}

#[cfg(all(test, feature = "toml"))]
mod tests;
