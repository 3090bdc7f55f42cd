"""One file of 60 keys and ten variables, loaded by each contender to the same values."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pydantic
import pydantic_settings
from dynaconf import Dynaconf
from omegaconf import OmegaConf

from superconfig import ConfigBuilder

SECTIONS = ["http", "database", "cache", "queue", "logging", "auth"]
PREFIX = "APP_"


def text() -> str:
    """Six tables, ten keys each, of the kinds that services have."""
    lines = []
    for index, section in enumerate(SECTIONS):
        lines += [
            f"[{section}]",
            f'host = "{section}.example.org"',
            f"port = {8000 + index}",
            'url = "postgres://localhost:5432/orders?sslmode=require"',
            "enabled = true",
            "timeout = 2.5",
            f"pool_size = {4 + index}",
            'tags = ["a", "b", "c"]',
            'level = "info"',
            "retries = 3",
            'path = "/var/lib/orders"',
        ]
    return "\n".join(lines) + "\n"


def variables() -> dict[str, str]:
    """Ten of the keys are given by variables, too."""
    ports = {f"{PREFIX}{section.upper()}__PORT": str(9000 + index) for index, section in enumerate(SECTIONS)}
    hosts = {f"{PREFIX}{section.upper()}__HOST": f"{section}.internal" for section in SECTIONS[:4]}
    return ports | hosts


def expected() -> dict[str, Any]:
    values = tomllib.loads(text())
    for name, given in variables().items():
        section, key = name.removeprefix(PREFIX).lower().split("__")
        values[section][key] = type(values[section][key])(given)
    return values


class Contender(NamedTuple):
    name: str
    load: Callable[[], Any]
    nested: Callable[[Any], Any]
    """Reads `database.host`, in the contender's own manner."""
    plain: Callable[[Any], dict[str, Any]]
    """All values, to compare them."""


def contenders(file: Path) -> list[Contender]:
    def by_hand() -> dict[str, Any]:
        with file.open("rb") as opened:
            values = tomllib.load(opened)
        for name, given in os.environ.items():
            if name.startswith(PREFIX):
                section, key = name[len(PREFIX) :].lower().split("__")
                values[section][key] = type(values[section][key])(given)
        return values

    builder = ConfigBuilder().with_file(file).with_env(PREFIX)

    def ours() -> Any:
        config = builder.build()
        # The first look makes the objects of Python.
        config["http"]
        return config

    class Section(pydantic.BaseModel):
        host: str
        port: int
        url: str
        enabled: bool
        timeout: float
        pool_size: int
        tags: list[str]
        level: str
        retries: int
        path: str

    class Settings(pydantic_settings.BaseSettings):
        model_config = pydantic_settings.SettingsConfigDict(
            env_prefix=PREFIX, env_nested_delimiter="__", toml_file=file
        )
        http: Section
        database: Section
        cache: Section
        queue: Section
        logging: Section
        auth: Section

        @classmethod
        def settings_customise_sources(cls, settings_cls, **sources):
            return (sources["env_settings"], pydantic_settings.TomlConfigSettingsSource(settings_cls))

    def ours_as_model() -> Any:
        return builder.build().extract(Plain)

    Plain = pydantic.create_model("Plain", **{section: (Section, ...) for section in SECTIONS})

    def dynaconf() -> Any:
        settings = Dynaconf(settings_files=[str(file)], envvar_prefix=PREFIX.rstrip("_"), core_loaders=["TOML"])
        settings.HTTP  # noqa: B018: it loads when it is asked
        return settings

    def omegaconf() -> Any:
        with file.open("rb") as opened:
            base = OmegaConf.create(tomllib.load(opened))
        given = [
            f"{name[len(PREFIX) :].lower().replace('__', '.')}={value}"
            for name, value in os.environ.items()
            if name.startswith(PREFIX)
        ]
        return OmegaConf.merge(base, OmegaConf.from_dotlist(given))

    def lowered(settings: Any) -> dict[str, Any]:
        return {section: {key.lower(): v for key, v in settings[section].items()} for section in SECTIONS}

    return [
        Contender("tomllib, and a dict by hand", by_hand, lambda c: c["database"]["host"], dict),
        Contender("superconfig", ours, lambda c: c["database"]["host"], lambda c: c.to_dict()),
        Contender("superconfig into a pydantic model", ours_as_model, lambda c: c.database.host, lambda c: c.model_dump()),
        Contender("pydantic-settings", Settings, lambda c: c.database.host, lambda c: c.model_dump()),
        Contender("dynaconf", dynaconf, lambda c: c.database.host, lowered),
        Contender("omegaconf", omegaconf, lambda c: c.database.host, OmegaConf.to_container),
    ]
