//! Whether a file is to be believed: who owns it and who may write it.
//!
//! A process with more rights than the person who may write its configuration can be told what to
//! do by that person. So:
//!
//! | the file | a setuid process | root | anyone else |
//! | --- | --- | --- | --- |
//! | may be written by everyone | refused | refused | warning |
//! | may be written by a group | refused | refused | warning |
//! | belongs to another user, and was found by a search | refused | refused | warning |
//! | belongs to another user, and was named by the program | refused | warning | fine |
//! | holds a secret and may be read by everyone | warning | warning | warning |
//!
//! The last row is for files of one secret (`…_FILE`). Whether a document or a file of variables
//! holds one is known only when it is decoded, so `load` warns of those.
//!
//! Another user is neither root nor the effective user. A group does not count where it is that of
//! root, or where its number is the owner's (a user's private group). A file that the program names
//! and that belongs to another is only warned about for root, because that is what a container that
//! runs as root sees of a mounted directory.
//!
//! `strict_permissions(true)` refuses all rows but the last for everybody, and
//! `strict_permissions(false)` makes each a warning. The identity of the process is read from
//! `/proc`, since asking the system takes `unsafe` code or three more crates; where there is no
//! `/proc`, the process is taken for one without special rights.

use std::sync::OnceLock;

/// How a file came to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The program, or who started it, named it.
    Named,
    /// A search found it.
    Found,
    /// It holds one secret (`…_FILE`).
    Secret,
}

/// What the file system says about a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) mode: u32,
    pub(super) user: u32,
    pub(super) group: u32,
}

/// Who the process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) real: u32,
    pub(super) effective: u32,
}

/// What to do about a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Fine,
    /// With what to do about it, as the next.
    Warn(String, &'static str),
    /// Everyone may read a secret.
    Exposed,
    Refuse(String, &'static str),
}

impl Identity {
    /// That of this process, where it can be told.
    fn now() -> Option<Self> {
        if !cfg!(any(target_os = "linux", target_os = "android")) {
            return None;
        }
        Self::of_status(&std::fs::read_to_string("/proc/self/status").ok()?)
    }

    fn of_status(status: &str) -> Option<Self> {
        let line = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
        let mut numbers = line.split_ascii_whitespace().map(str::parse);
        Some(Self { real: numbers.next()?.ok()?, effective: numbers.next()?.ok()? })
    }

    /// That of this process when it was first asked: `/proc` costs more than reading a small file.
    fn remembered() -> Option<Self> {
        static FIRST: OnceLock<Option<Identity>> = OnceLock::new();
        *FIRST.get_or_init(Self::now)
    }

    fn is_setuid(self) -> bool {
        self.real != self.effective
    }
}

/// Whether a file of this mode may be read by everyone.
pub(super) fn everyone_reads(mode: u32) -> bool {
    mode & 0o004 != 0
}

/// What to do about a file for this process.
pub(super) fn judge(facts: Facts, trust: Trust, strict: Option<bool>) -> Verdict {
    if !facts.is_suspicious(trust) {
        return Verdict::Fine;
    }
    let verdict = facts.judge(Identity::remembered(), trust, strict);
    // A process that has dropped its rights since is not refused for those that it had.
    match verdict {
        Verdict::Refuse(..) => facts.judge(Identity::now(), trust, strict),
        other => other,
    }
}

impl Facts {
    fn everyone_writes(self) -> bool {
        self.mode & 0o002 != 0
    }

    fn group_writes(self) -> bool {
        self.mode & 0o020 != 0 && self.group != 0 && self.group != self.user
    }

    /// Whether the answer depends on who the process is; for most files it does not.
    fn is_suspicious(self, trust: Trust) -> bool {
        let read = trust == Trust::Secret && everyone_reads(self.mode);
        self.everyone_writes() || self.group_writes() || self.user != 0 || read
    }

    fn judge(self, who: Option<Identity>, trust: Trust, strict: Option<bool>) -> Verdict {
        let setuid = who.is_some_and(Identity::is_setuid);
        let root = who.is_some_and(|who| who.effective == 0);
        let refuse = |by_default: bool, message: String, cure| {
            if strict.unwrap_or(by_default) {
                Verdict::Refuse(message, cure)
            } else {
                Verdict::Warn(message, cure)
            }
        };
        if self.everyone_writes() {
            let message = "everyone may write the file".to_owned();
            return refuse(setuid || root, message, "take that right away (`chmod o-w`)");
        }
        if self.group_writes() {
            let message = format!("the group {} may write the file", self.group);
            return refuse(setuid || root, message, "take that right away (`chmod g-w`)");
        }
        if let Some(who) = who
            && self.user != 0
            && self.user != who.effective
        {
            let message = format!("the file belongs to user {}, who may write it", self.user);
            let cure = "give it to root or to the user of the process (`chown`)";
            match trust {
                Trust::Found if setuid => return refuse(true, message, cure),
                Trust::Found => {
                    let cure = "give it to root or to the user of the process (`chown`), or name it \
                                instead of searching for it";
                    return refuse(root, message, cure);
                }
                _ if setuid || root || strict == Some(true) => {
                    return refuse(setuid, message, cure);
                }
                _ => {}
            }
        }
        if trust == Trust::Secret && everyone_reads(self.mode) {
            return Verdict::Exposed;
        }
        Verdict::Fine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: Option<Identity> = Some(Identity { real: 0, effective: 0 });
    const USER: Option<Identity> = Some(Identity { real: 1000, effective: 1000 });
    const SETUID: Option<Identity> = Some(Identity { real: 1000, effective: 0 });

    fn word(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Fine => "fine",
            Verdict::Warn(..) | Verdict::Exposed => "warn",
            Verdict::Refuse(..) => "refuse",
        }
    }

    #[test]
    fn the_table_at_the_top_holds() {
        let file = |mode, user, group| Facts { mode, user, group };
        let cases = [
            // the file, how it came, setuid, root, anyone else
            (file(0o644, 0, 0), Trust::Named, ["fine", "fine", "fine"]),
            (file(0o664, 0, 0), Trust::Found, ["fine", "fine", "fine"]),
            (file(0o646, 0, 0), Trust::Named, ["refuse", "refuse", "warn"]),
            (file(0o664, 0, 4), Trust::Named, ["refuse", "refuse", "warn"]),
            (file(0o664, 1000, 1000), Trust::Named, ["refuse", "warn", "fine"]),
            (file(0o644, 1000, 1000), Trust::Found, ["refuse", "refuse", "fine"]),
            (file(0o644, 7, 7), Trust::Found, ["refuse", "refuse", "warn"]),
            (file(0o644, 7, 7), Trust::Named, ["refuse", "warn", "fine"]),
            (file(0o600, 0, 0), Trust::Secret, ["fine", "fine", "fine"]),
            (file(0o644, 0, 0), Trust::Secret, ["warn", "warn", "warn"]),
        ];
        for (facts, trust, expected) in cases {
            let verdicts = [SETUID, ROOT, USER].map(|who| word(&facts.judge(who, trust, None)));
            assert_eq!(verdicts, expected, "{facts:?} {trust:?}");
            let suspicious = verdicts.iter().any(|verdict| *verdict != "fine");
            assert!(facts.is_suspicious(trust) || !suspicious, "{facts:?} {trust:?}");
        }
    }

    #[test]
    fn strictness_is_turned_on_and_off() {
        let everyone = Facts { mode: 0o666, user: 0, group: 0 };
        let foreign = Facts { mode: 0o600, user: 7, group: 7 };
        for (facts, trust) in
            [(everyone, Trust::Named), (foreign, Trust::Found), (foreign, Trust::Named)]
        {
            assert_eq!(word(&facts.judge(USER, trust, Some(true))), "refuse");
            assert_eq!(word(&facts.judge(SETUID, trust, Some(false))), "warn");
        }
        assert_eq!(word(&everyone.judge(None, Trust::Named, None)), "warn");
        assert_eq!(word(&everyone.judge(None, Trust::Named, Some(true))), "refuse");
    }

    #[test]
    fn the_identity_is_read_from_proc() {
        let status = "Name:\tx\nUid:\t1000\t0\t0\t0\nGid:\t5\t5\t5\t5\n";
        assert_eq!(Identity::of_status(status), SETUID);
        assert_eq!(Identity::of_status("Name:\tx\n"), None);
        assert_eq!(Identity::of_status("Uid:\tx\n"), None);
    }
}
