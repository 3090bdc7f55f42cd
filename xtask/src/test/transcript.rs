//! What a program printed, as text to compare with a file of expected text.

use std::path::Path;
use std::process::Output;

/// In expected text this stands for any text within a line.
const ANYTHING: &str = "[..]";
/// Stands for the repository's folder.
const ROOT: &str = "[ROOT]";

/// The standard output, then what went to standard error and the exit code where there is such.
pub(crate) fn transcript(output: &Output, root: &Path) -> String {
    let mut text = String::new();
    append(&mut text, &output.stdout);
    if !output.stderr.is_empty() {
        text += "--- standard error\n";
        append(&mut text, &output.stderr);
    }
    if !output.status.success() {
        let code = output.status.code().map(|code| format!("--- exit code {code}\n"));
        text += code.as_deref().unwrap_or("--- ended by a signal\n");
    }
    let root = root.to_string_lossy();
    text.replace(&*root, ROOT)
}

fn append(text: &mut String, bytes: &[u8]) {
    // Lines end alike everywhere, and the last one ends too.
    for line in String::from_utf8_lossy(bytes).lines() {
        *text += line.trim_end();
        *text += "\n";
    }
}

/// The lines that differ, as a person reads them; nothing where the texts agree.
pub(crate) fn difference(expected: &str, actual: &str) -> Option<String> {
    let (expected, actual): (Vec<_>, Vec<_>) =
        (expected.lines().collect(), actual.lines().collect());
    let agree = |(pattern, line): (&&str, &&str)| line_matches(pattern, line);
    if expected.len() == actual.len() && expected.iter().zip(&actual).all(agree) {
        return None;
    }
    let head = expected.iter().zip(&actual).take_while(|&pair| agree(pair)).count();
    let (left, right) = (expected[head..].iter().rev(), actual[head..].iter().rev());
    let tail = left.zip(right).take_while(|&pair| agree(pair)).count();
    let removed = expected[head..expected.len() - tail].iter().map(|line| format!("-{line}\n"));
    let added = actual[head..actual.len() - tail].iter().map(|line| format!("+{line}\n"));
    let lines: String = removed.chain(added).collect();
    Some(format!("from line {}:\n{lines}", head + 1))
}

/// The text to expect from now on: `actual`, with the lines of `expected` that hold wildcards and
/// still match.
pub(crate) fn blessed(expected: &str, actual: &str) -> String {
    let patterns: Vec<&str> = expected.lines().filter(|line| line.contains(ANYTHING)).collect();
    let kept = |line| patterns.iter().find(|pattern| line_matches(pattern, line)).copied();
    actual.lines().map(|line| kept(line).unwrap_or(line).to_owned() + "\n").collect()
}

/// Whether a line is what the pattern says; `[..]` in it matches any text.
fn line_matches(pattern: &str, line: &str) -> bool {
    let Some((start, rest)) = pattern.split_once(ANYTHING) else { return pattern == line };
    let Some(line) = line.strip_prefix(start) else { return false };
    // The leftmost place for a middle part leaves most to what follows, the end has one place only.
    let mut parts: Vec<&str> = rest.split(ANYTHING).collect();
    let end = parts.pop().unwrap_or_default();
    let Some(mut middle) = line.strip_suffix(end) else { return false };
    parts.into_iter().all(|part| match middle.split_once(part) {
        Some((_, behind)) => {
            middle = behind;
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, line) in [
            ("plain", "plain"),
            ("", ""),
            ("[..]", ""),
            ("port [..]", "port 8080"),
            ("[..] ms", "12 ms"),
            ("a[..]b[..]c", "a-b-b-c"),
            ("a[..]b[..]b", "abb"),
            ("[not a wildcard]", "[not a wildcard]"),
        ] {
            assert!(line_matches(pattern, line), "{pattern:?} and {line:?}");
        }
        for (pattern, line) in
            [("plain", "plain "), ("a[..]b[..]b", "ab"), ("aa[..]aa", "aaa"), ("[..]x", "y")]
        {
            assert!(!line_matches(pattern, line), "{pattern:?} and {line:?}");
        }
    }

    #[test]
    fn a_difference_shows_what_changed() {
        assert_eq!(difference("a\nb [..]\n", "a\nb 1\n"), None);
        assert_eq!(
            difference("a\nb\nc\nd\n", "a\nx\ny\nd\n"),
            Some("from line 2:\n-b\n-c\n+x\n+y\n".to_owned())
        );
        assert_eq!(difference("a\na\n", "a\n"), Some("from line 2:\n-a\n".to_owned()));
        assert_eq!(difference("", "a\n"), Some("from line 1:\n+a\n".to_owned()));
    }

    #[test]
    fn blessing_keeps_wildcards_that_hold() {
        let expected = "took [..] ms\nport [..]\nold\n";
        assert_eq!(blessed(expected, "new\ntook 5 ms\n"), "new\ntook [..] ms\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_transcript_names_trouble_and_hides_the_folder() {
        use std::os::unix::process::ExitStatusExt as _;
        let output = |code, stderr: &str| Output {
            status: std::process::ExitStatus::from_raw(code << 8),
            stdout: b"at /here/x.toml \r\nend".to_vec(),
            stderr: stderr.into(),
        };
        let root = Path::new("/here");
        assert_eq!(transcript(&output(0, ""), root), "at [ROOT]/x.toml\nend\n");
        assert_eq!(
            transcript(&output(2, "no\n"), root),
            "at [ROOT]/x.toml\nend\n--- standard error\nno\n--- exit code 2\n"
        );
    }
}
