"""A configuration as a model: pydantic's, a dataclass, a ``TypedDict``, or any other type.

What a model refuses is a ``ConfigError`` like any other, with the places of the values.
"""

from __future__ import annotations

import asyncio
from typing import Any

from . import _native
from ._errors import ConfigError, ConfigKeyError
from ._models import Refused, Step, read


def extract(handle: _native.ConfigHandle, model: Any = None, path: str = "") -> Any:
    """``ConfigHandle.extract``."""
    values = _values(handle, path)
    if model is None:
        return values
    refused: list[Refused] = []
    value = read(model, values, refused)
    if refused:
        # Not "from" what the model raised: that would show the values, secrets too.
        raise _error(handle, path, values, refused)
    return value


async def extract_async(handle: _native.ConfigHandle, model: Any = None, path: str = "") -> Any:
    """``ConfigHandle.extract_async``."""
    return await asyncio.to_thread(extract, handle, model, path)


_NOTHING = object()


def _values(handle: _native.ConfigHandle, path: str) -> Any:
    if not path:
        return handle.to_dict()
    value = handle.get(path, _NOTHING)
    if value is _NOTHING:
        raise ConfigKeyError._missing(handle, path)
    return _plain(value)


def _plain(value: Any) -> Any:
    """As ``to_dict`` gives it."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    # A secret is a `str` that only shows itself otherwise.
    return str(value) if isinstance(value, str) else value


def _error(handle: _native.ConfigHandle, path: str, values: Any, refused: list[Refused]) -> ConfigError:
    messages: dict[tuple[tuple[Step, ...], bool], list[str]] = {}
    for one in refused:
        steps = tuple(_steps(values, one.steps, one.is_missing))
        # Each part of a union says why it does not take a value.
        messages.setdefault((steps, one.is_missing), []).append(_MISSING if one.is_missing else one.message)
    told = [(list(steps), missing, "; ".join(dict.fromkeys(all))) for (steps, missing), all in messages.items()]
    return _native.refuse(handle, path, told)


_MISSING = "required, and no source sets it"


def _steps(values: Any, steps: tuple[Step, ...], is_missing: bool) -> list[Step]:
    """The steps that lead somewhere: pydantic also tells which part of a union it tried."""
    at, known = values, []
    for index, step in enumerate(steps):
        try:
            at = at[step]
        except (LookupError, TypeError):
            if is_missing and index == len(steps) - 1:
                known.append(step)
                break
            # A part of a union, or the function of a validator: the steps behind it may lead on.
            continue
        known.append(step)
    return known
