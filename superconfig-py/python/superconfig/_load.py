"""Functions for what most programs load."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping
from typing import Any

from ._native import Change, ConfigBuilder, ConfigHandle, ConfigRegistry

Paths = Iterable["str | os.PathLike[str]"]


def _several(name: str, given: Iterable[Any]) -> list[Any]:
    """What has to be several, and not one text, which is several letters."""
    if isinstance(given, (str, bytes, os.PathLike)):
        raise TypeError(f"{name} takes several: {name}=[{given!r}]")
    if not isinstance(given, Iterable):
        raise TypeError(f"{name} takes several, not {type(given).__name__}")
    return list(given)


def create_config(
    values: Mapping[str, Any] | None = None,
    /,
    *,
    app: str | None = None,
    files: Paths = (),
    dotenv: str | os.PathLike[str] | None = None,
    env: str | None = None,
    args: Iterable[str] | None = None,
    overrides: Mapping[str, Any] | None = None,
    profile: str | Iterable[str] | None = None,
    secrets: Iterable[str] = (),
    strict: bool = False,
    directory: str | os.PathLike[str] | None = None,
    registry: ConfigRegistry | None = None,
) -> ConfigHandle:
    """Makes a configuration of values that the program has, of sources, or of both.

    The sources come in the order of the arguments, and later ones win: the values, the files that discovery
    finds for ``app``, ``files``, ``dotenv``, the variables with the prefix ``env``, ``--set`` among ``args``,
    ``overrides``. ``ConfigBuilder`` does the same in any order.
    """
    files, secrets = _several("files", files), _several("secrets", secrets)
    if values is not None and not (
        app or files or dotenv or env is not None or args is not None or overrides or profile or secrets or strict
    ):
        return (registry or ConfigRegistry.shared()).create_config(values)
    builder = ConfigBuilder().strict(strict).with_secret(secrets)
    if directory is not None:
        builder.with_directory(directory)
    if values is not None:
        builder.with_defaults(values)
    if app is not None:
        builder.with_hierarchical(app)
    for file in files:
        builder.with_file(file)
    if dotenv is not None:
        builder.with_dotenv(dotenv)
    if env is not None:
        builder.with_env(env)
    if args is not None:
        builder.with_args(_several("args", args))
    if overrides is not None:
        builder.with_overrides(overrides)
    if profile is not None:
        builder.select_profile(profile if isinstance(profile, str) else _several("profile", profile))
    return builder.build(registry)


def create_config_in(
    registry: ConfigRegistry, values: Mapping[str, Any] | None = None, /, **sources: Any
) -> ConfigHandle:
    """``ConfigRegistry.create_config`` where there are sources."""
    return create_config(values, registry=registry, **sources)


def load_file(
    path: str | os.PathLike[str], *, env: str | None = None, profile: str | Iterable[str] | None = None
) -> ConfigHandle:
    """Loads a file, and over it the variables with the prefix ``env`` where one is given."""
    return create_config(files=[path], env=env, profile=profile)


def load_multiple(
    paths: Paths, *, env: str | None = None, profile: str | Iterable[str] | None = None
) -> ConfigHandle:
    """Loads several files, of which later ones win, and over them the variables with the prefix ``env``."""
    return create_config(files=_several("paths", paths), env=env, profile=profile)


def load_env(prefix: str, *, defaults: Mapping[str, Any] | None = None) -> ConfigHandle:
    """Loads the variables with a prefix, over defaults that say which keys there are."""
    if not isinstance(prefix, str):
        raise TypeError(f"prefix must be str, not {type(prefix).__name__}")
    return create_config(defaults, env=prefix)


async def build_async(builder: ConfigBuilder, registry: ConfigRegistry | None) -> ConfigHandle:
    """``ConfigBuilder.build_async``."""
    return await asyncio.to_thread(builder.build, registry)


async def extract_async(builder: ConfigBuilder, model: Any, path: str) -> Any:
    """``ConfigBuilder.extract_async``."""
    return await asyncio.to_thread(builder.extract, model, path=path)


async def reload_async(handle: ConfigHandle) -> Change | None:
    """``ConfigHandle.reload_async``."""
    return await asyncio.to_thread(handle.reload)
