"""What type checkers have to say about programs; mypy and pyright read this, and nobody runs it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from superconfig import (
    Change,
    ConfigBuilder,
    ConfigError,
    ConfigHandle,
    ConfigRegistry,
    Explanation,
    Origin,
    RegistryStats,
    create_config,
    load_file,
    load_multiple,
)

if sys.version_info >= (3, 11):
    from typing import assert_type
else:
    from typing_extensions import assert_type


@dataclass
class Http:
    port: int


class Server(TypedDict):
    host: str


def reads(config: ConfigHandle) -> None:
    mapping: Mapping[str, Any] = config
    assert_type(config.get("a.b"), Any)
    assert_type(config.get_many(["a", "b"]), dict[str, Any])
    assert_type(config.extract(Http, path="http"), Http)
    assert_type(config.extract(Server), Server)
    assert_type(config.origin("a"), Origin | None)
    assert_type(config.explain("a"), Explanation)
    print(mapping["a"]["b"], len(config), "a" in config, {**config})
    config["a"] = 1  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    config.get(7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def builds(path: Path) -> None:
    builder = ConfigBuilder().with_file(path).with_env("APP_").select_profile("a", "b").with_secret(["x"])
    assert_type(builder.build(), ConfigHandle)
    assert_type(builder.extract(Http), Http)
    assert_type(load_multiple([path, "b.toml"]), ConfigHandle)
    assert_type(create_config({"a": 1}, files=["a.toml"], env="APP_"), ConfigHandle)
    assert_type(ConfigRegistry().stats(), RegistryStats)
    builder.with_text("", "ini")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def lives(config: ConfigHandle) -> None:
    def changed(change: Change) -> None:
        assert_type(change.new, Mapping[str, Any])
        for one in change.changed:
            assert_type(one.path, str)

    with config.watch(changed, pattern="http.*", debounce=0.5) as watch:
        assert_type(watch.health, str)
    config.on_change("**", changed).cancel()
    config.on_error(lambda error: print(error.problems[0].line))
    config.watch(changed, debounse=1.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def waits(config: ConfigHandle) -> None:
    async with config.changes() as changes:
        async for change in changes:
            assert_type(change, Change)
    assert_type(await config.extract_async(Http), Http)
    assert_type(await config.reload_async(), Change | None)
    assert_type(await ConfigBuilder().build_async(), ConfigHandle)
    assert_type(await ConfigBuilder().extract_async(Http), Http)
    async with config.watch(max_directories=10) as watch:
        await watch.aclose()


def fails() -> None:
    try:
        load_file("none.toml")
    except FileNotFoundError as missing:
        print(missing.filename)
    except ConfigError as error:
        assert_type(error.code, str | None)
        assert_type(error.problems[0].column, int | None)
