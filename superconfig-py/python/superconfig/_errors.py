"""What is told of a configuration: plain data, and exceptions.

An exception is a ``ConfigError`` and what a programmer of Python expects besides: a missing file is a
``FileNotFoundError``, a wrong value a ``ValueError``, a key that is not there a ``KeyError``.
"""

from __future__ import annotations

import difflib
import errno
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._native import ConfigHandle


@dataclass(frozen=True)
class Origin:
    """Where a value comes from; ``str(origin)`` is one line for people."""

    text: str
    kind: str
    """``text``, ``variable``, ``dotenv``, ``argument``, ``override``, ``defaults``, ``custom`` or ``path``."""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    profile: str | None = None
    variable: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or worth a warning; ``str(problem)`` is one line with its place."""

    severity: str
    code: str
    kind: str
    path: str | None
    message: str
    help: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    origin: Origin | None = None
    text: str = ""

    @property
    def file(self) -> str | None:
        """The file that it stands in."""
        return self.origin.file if self.origin else None

    @property
    def line(self) -> int | None:
        """The line, counted from one."""
        return self.origin.line if self.origin else None

    @property
    def column(self) -> int | None:
        """The column in characters, counted from one."""
        return self.origin.column if self.origin else None

    def __str__(self) -> str:
        return self.text or self.message


class ConfigError(Exception):
    """Everything that is wrong with a configuration.

    ``str(error)`` has a line for each problem, and ``render()`` shows them in the manner of a compiler.
    """

    _problems: tuple[Problem, ...] = ()
    _report: str = ""
    warnings: tuple[Problem, ...] = ()
    """What was worth a warning besides: a misspelt key may be why another is missing."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of the sources."""
        return self._problems

    @property
    def code(self) -> str | None:
        """The code of the first problem."""
        return self.problems[0].code if self.problems else None

    @property
    def path(self) -> str | None:
        """The setting that the first problem is about."""
        return self.problems[0].path if self.problems else None

    @property
    def origin(self) -> Origin | None:
        """Where the first problem stands."""
        return self.problems[0].origin if self.problems else None

    def render(self) -> str:
        """The full report, in the manner of a compiler."""
        return self._report or str(self)

    def __str__(self) -> str:
        # That of `KeyError` would quote it.
        return str(self.args[0]) if self.args else ""

    @staticmethod
    def _of(
        message: str,
        problems: tuple[Problem, ...],
        warnings: tuple[Problem, ...],
        report: str,
        wanted: type[ConfigError] | None,
        number: int | None,
    ) -> ConfigError:
        """The exception for what the library says; its class goes by the first problem."""
        error = (wanted or _class_of(problems[0]))(message)
        error._problems = problems
        error._report = report
        error.warnings = warnings
        if isinstance(error, OSError):
            error.errno = errno.ENOENT if isinstance(error, FileNotFoundError) else number
            error.strerror = problems[0].message
            error.filename = problems[0].file
        if sys.version_info >= (3, 11):
            # A traceback ends with the whole report.
            error.add_note(report)
        return error


class ConfigValueError(ConfigError, ValueError):
    """A value, a key, a text, a variable or a profile is wrong."""


class ConfigFileError(ConfigError, OSError):
    """A file cannot be read, or should not be."""

    def __reduce__(self) -> str | tuple[Any, ...]:
        # `OSError` keeps these elsewhere, and would not give them.
        state = self.__dict__ | {name: getattr(self, name) for name in ("errno", "strerror", "filename")}
        return (type(self), self.args, state)


class ConfigFileNotFoundError(ConfigFileError, FileNotFoundError):
    """A file that has to exist does not."""


class ConfigKeyError(ConfigError, KeyError):
    """There is nothing at a path, or no handle of an id."""

    _ask: Callable[[], ConfigError] | None = None

    @staticmethod
    def _missing(handle: ConfigHandle, key: object) -> ConfigKeyError:
        """A key that is not there. The library is asked about it only when somebody wants to know."""
        error = ConfigKeyError(key)
        # As a path it might lead somewhere; as a key in quotes it does not.
        quoted = str(key).replace("\\", "\\\\").replace('"', '\\"')

        def ask() -> ConfigError:
            try:
                handle.explain(f'"{quoted}"')
            except ConfigKeyError as told:
                return told
            except UnicodeEncodeError:
                # Half a character is no key of any configuration.
                pass
            return ConfigKeyError(f"there is no key {key!r}")

        error._ask = ask
        return error

    @staticmethod
    def _inside(table: Mapping[str, object], key: object) -> ConfigKeyError:
        """The same in a table, which does not know where it stands."""
        error = ConfigKeyError(key)

        def ask() -> ConfigError:
            near = difflib.get_close_matches(str(key), table, 1)
            advice = tuple(f"did you mean `{one}`?" for one in near)
            message = f"there is no key {key!r}"
            report = "\n".join([message, *(f"  = {line}" for line in advice)])
            told = ConfigKeyError(message)
            told._problems, told._report = (Problem("error", "SC0801", "source", None, message, advice),), report
            return told

        error._ask = ask
        return error

    def _told(self) -> ConfigError:
        if self._ask is not None:
            told, self._ask = self._ask(), None
            self._problems, self._report = told.problems, told.render()
        return self

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, with the nearest key."""
        return self._told()._problems

    def render(self) -> str:
        """The full report, in the manner of a compiler."""
        return self._told()._report or str(self)

    def __str__(self) -> str:
        problems = self.problems
        advice = "".join(f" ({line})" for problem in problems for line in problem.help)
        return (str(problems[0]) if problems else super().__str__()) + advice

    def __reduce__(self) -> str | tuple[Any, ...]:
        self._told()
        return super().__reduce__()


def _class_of(problem: Problem) -> type[ConfigError]:
    if problem.code == "SC0401":
        return ConfigFileNotFoundError
    if problem.code in ("SC0405", "SC0801"):
        # A pattern, and steps that do not go together.
        return ConfigValueError
    if problem.kind == "file":
        return ConfigFileError
    if problem.kind == "handle":
        return ConfigKeyError
    if problem.kind == "source":
        return ConfigError
    return ConfigValueError


@dataclass(frozen=True)
class Changed:
    """A setting whose value is another one than before. Secrets are redacted."""

    path: str
    old: Any
    """``None`` also where there was no such setting."""
    new: Any
    """``None`` also where the setting is gone."""
    old_origin: Origin | None
    new_origin: Origin | None
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Explanation:
    """Every source that had a say about a value; ``str(explanation)`` is for people."""

    path: str
    value: Any
    variables: tuple[str, ...]
    text: str
    json: str

    def to_dict(self) -> dict[str, Any]:
        """All that is known, for programs: ``statements``, ``parts``, ``places`` and more."""
        told: dict[str, Any] = json.loads(self.json)
        return told

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class RegistryStats:
    """What there is in a registry, and what was done there."""

    total_handles: int
    active_handles: int
    leased_handles: int
    memory_usage_bytes: int
    cache_hit_rate: float
    hits: int
    misses: int
    cached_texts: int
    cached_bytes: int
    text_hit_rate: float
    text_hits: int
    text_misses: int
    loads: int
    updates: int
    reloads: int
    failures: int
    expired: int
