//! The stable codes of problems and warnings.

use std::fmt;

/// What a [`Code`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Values: missing, of the wrong type, refused.
    Value,
    /// Keys and names.
    Name,
    /// The grammar of a file.
    Syntax,
    /// Files and directories.
    File,
    /// Variables and arguments.
    Input,
    /// Profiles.
    Profile,
    /// A source of the program's own.
    Source,
    /// Handles and their ids.
    Handle,
    /// A JSON Schema that the program gave.
    Schema,
}

impl Kind {
    /// Its name in the machine form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Name => "name",
            Self::Syntax => "syntax",
            Self::File => "file",
            Self::Input => "input",
            Self::Profile => "profile",
            Self::Source => "source",
            Self::Handle => "handle",
            Self::Schema => "schema",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $kind:ident;)*) => {
        /// The stable code of a problem or warning. `docs/ERRORS.md` explains each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As it is shown: `SC0102`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it is about.
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }
        }
    };
}

codes! {
    /// A required setting that no source sets.
    Missing = "SC0101", Value;
    /// A value of another type or shape.
    WrongType = "SC0102", Value;
    /// A number that does not fit.
    OutOfRange = "SC0103", Value;
    /// `null` for a setting that is no `Option`.
    Null = "SC0104", Value;
    /// A word that is none of an enum's.
    UnknownWord = "SC0105", Value;
    /// A value that its type, or its validation, refuses.
    Invalid = "SC0106", Value;
    /// A declared default that cannot be read.
    BadDefault = "SC0107", Value;
    /// An enum whose variant no source names.
    NoVariant = "SC0108", Value;
    /// A position that a list does not have.
    NoElement = "SC0109", Value;
    /// The `_remove` of something that is not there.
    NothingRemoved = "SC0201", Name;
    /// A deprecated key or variable.
    Deprecated = "SC0202", Name;
    /// A key that no setting has.
    UnknownKey = "SC0203", Name;
    /// A variable under the prefix that no setting has.
    UnknownVariable = "SC0204", Name;
    /// A setting that is given twice in one source, by two spellings.
    Shadowed = "SC0205", Name;
    /// A setting that only the section of a profile sets that nobody selected.
    NotSelected = "SC0206", Name;
    /// A value that cannot take effect.
    NoEffect = "SC0207", Name;
    /// A text that does not follow its format's grammar.
    Syntax = "SC0301", Syntax;
    /// A key that stands twice in one table.
    DuplicateKey = "SC0302", Syntax;
    /// Nesting deeper than the limit.
    TooDeep = "SC0303", Syntax;
    /// More values, or more bytes, than a limit.
    TooLarge = "SC0304", Syntax;
    /// A text that is not UTF-8.
    NotUtf8 = "SC0305", Syntax;
    /// A text whose format is not known, or whose cargo feature is off.
    UnknownFormat = "SC0306", Syntax;
    /// A file that is not there.
    FileNotFound = "SC0401", File;
    /// A path that is no regular file.
    NotAFile = "SC0402", File;
    /// A file that may not be read.
    Unreadable = "SC0403", File;
    /// A file that others may write, for a privileged process.
    Permissions = "SC0404", File;
    /// A pattern that is no glob, or that leaves its directory.
    BadGlob = "SC0405", File;
    /// Two files of one stem in one place.
    TwoFiles = "SC0406", File;
    /// A secret in a file that everyone may read.
    SecretExposed = "SC0407", File;
    /// A variable that is not UTF-8.
    VariableNotUtf8 = "SC0501", Input;
    /// Two variables for one setting.
    TwoVariables = "SC0502", Input;
    /// An argument that says nothing, or about no setting.
    BadArgument = "SC0503", Input;
    /// An override of no setting.
    BadOverride = "SC0504", Input;
    /// A name from outside that holds more than letters, digits, `_` and `-`.
    BadName = "SC0601", Profile;
    /// A profile that is neither declared nor found.
    ProfileNotFound = "SC0602", Profile;
    /// A failure of a source of the program's own.
    SourceFailed = "SC0701", Source;
    /// Something that the program did with a handle or the registry.
    Usage = "SC0801", Source;
    /// A function of the program's own that panicked during a reload, or when it was told of one.
    Panicked = "SC0802", Source;
    /// The system does not tell about all changes of files that are watched, so they are polled.
    Polling = "SC0803", Source;
    /// The id of a handle of another type.
    WrongHandleType = "SC0901", Handle;
    /// An id that was never given to a handle.
    UnknownHandle = "SC0902", Handle;
    /// The id of a handle in another registry.
    ForeignHandle = "SC0903", Handle;
    /// The id of a configuration that went with its lease.
    ExpiredHandle = "SC0904", Handle;
    /// The id of a handle that was dropped or removed.
    DroppedHandle = "SC0905", Handle;
    /// A JSON Schema that cannot be read.
    BadSchema = "SC1001", Schema;
    /// A keyword of a JSON Schema that does not do what it seems to.
    SchemaKeyword = "SC1002", Schema;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
