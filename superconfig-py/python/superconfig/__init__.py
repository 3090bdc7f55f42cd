"""The same configuration in Python: files, environment, profiles, and where every value comes from.

    >>> from superconfig import ConfigBuilder
    >>> config = ConfigBuilder().with_text("[http]\\nport = 80").build()
    >>> config["http"]["port"], config.get("http.host", "localhost")
    (80, 'localhost')
"""

from __future__ import annotations

import collections.abc as _abc
import sys as _sys

if _sys.version_info < (3, 12):
    # Later versions ask the native half; it has one state for the process.
    import _xxsubinterpreters  # type: ignore[import-not-found, unused-ignore]  # pyright: ignore

    if _xxsubinterpreters.get_current() != _xxsubinterpreters.get_main():
        raise ImportError("superconfig cannot be imported in an interpreter inside of another")

from ._errors import (
    Changed,
    ConfigError,
    ConfigFileError,
    ConfigFileNotFoundError,
    ConfigKeyError,
    ConfigValueError,
    Explanation,
    Origin,
    Problem,
    RegistryStats,
)
from ._living import Changes, Subscription, Watch
from ._load import create_config, load_env, load_file, load_multiple
from ._native import Change, ConfigBuilder, ConfigHandle, ConfigRegistry, __version__
from ._values import ReadOnlyDict, ReadOnlyList, SecretStr

_abc.Mapping.register(ConfigHandle)  # pyright: ignore[reportAttributeAccessIssue]

__all__ = [
    "Change",
    "Changed",
    "Changes",
    "ConfigBuilder",
    "ConfigError",
    "ConfigFileError",
    "ConfigFileNotFoundError",
    "ConfigHandle",
    "ConfigKeyError",
    "ConfigRegistry",
    "ConfigValueError",
    "Explanation",
    "Origin",
    "Problem",
    "ReadOnlyDict",
    "ReadOnlyList",
    "RegistryStats",
    "SecretStr",
    "Subscription",
    "Watch",
    "__version__",
    "create_config",
    "load_env",
    "load_file",
    "load_multiple",
]

for _name in __all__:
    if hasattr(globals()[_name], "__module__"):
        # Tracebacks and `repr` name them as programs import them.
        globals()[_name].__module__ = __name__
