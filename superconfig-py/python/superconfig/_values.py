"""Tables, lists and secrets of a configuration.

They are dicts, lists and strings, so that whatever takes those takes these, at the same speed. They refuse to
be changed, because all readers of one generation share them.
"""

from __future__ import annotations

import copy
from typing import Any, NoReturn

from ._errors import ConfigKeyError

_HINT = "a configuration is read-only; to_dict(), dict(...) and list(...) give copies"


def _refuse(self: Any, *_: Any, **__: Any) -> NoReturn:
    raise TypeError(_HINT)


class ReadOnlyDict(dict[str, Any]):
    """A table: a ``dict`` that cannot be changed."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __missing__(self, key: object) -> NoReturn:
        raise ConfigKeyError._inside(self, key)

    def copy(self) -> dict[str, Any]:
        """An ordinary dict of the same values."""
        return dict(self)

    def __copy__(self) -> dict[str, Any]:
        return dict(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return {key: copy.deepcopy(value, memo) for key, value in self.items()}

    def __reduce__(self) -> tuple[type[ReadOnlyDict], tuple[dict[str, Any]]]:
        return (ReadOnlyDict, (dict(self),))


class ReadOnlyList(list[Any]):
    """A list that cannot be changed."""

    __slots__ = ()

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = _refuse
    remove = reverse = sort = _refuse

    def copy(self) -> list[Any]:
        """An ordinary list of the same items."""
        return list(self)

    def __copy__(self) -> list[Any]:
        return list(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> list[Any]:
        return [copy.deepcopy(item, memo) for item in self]

    def __reduce__(self) -> tuple[type[ReadOnlyList], tuple[list[Any]]]:
        return (ReadOnlyList, (list(self),))


class SecretStr(str):
    """A text that ``with_secret`` names: a ``str`` like any other, but for its ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'[redacted]'"
