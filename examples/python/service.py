"""A small HTTP service in FastAPI that reads the same directory as the Rust example `service`, and reloads with it.

* ``python examples/python/service.py`` serves ``/health`` and ``/config`` until it is ended. Whatever changes in
  ``examples/service/config.toml`` meanwhile is served from then on, and ``/health`` says what is wrong with it.
* ``--check`` loads the configuration, says what it is, and ends.
* ``ORDERS_PROFILE=production`` adds ``config.production.toml``; ``--set path=value`` sets one value.

It needs fastapi, uvicorn and pydantic besides superconfig.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from superconfig import Change, ConfigBuilder, ConfigError, ConfigHandle

DIRECTORY = Path(__file__).resolve().parents[1] / "service"
log = logging.getLogger("orders")


class App(BaseModel):
    """What this instance is."""

    name: str = "orders"
    workers: int = Field(default=4, gt=0)
    features: list[str] = []


class Server(BaseModel):
    """Where the service listens."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, lt=65536)
    base_path: str = ""


class Database(BaseModel):
    """Its password is a secret, which `load` says."""

    url: str
    password: str
    replicas: list[str] = []


class HttpClient(BaseModel):
    """Another service."""

    base_url: str


class Settings(BaseModel):
    """What this service reads of the configuration; the one in Rust reads more of it."""

    app: App = App()
    server: Server = Server()
    database: Database
    http_clients: dict[str, HttpClient] = {}


def load(directory: Path, arguments: Sequence[str] = ()) -> ConfigHandle:
    """The file, its sibling for the profile, the environment, and the arguments."""
    return (
        ConfigBuilder()
        .with_directory(directory)
        .with_secret("**.password", "**.secret", "**.client_secret")
        .with_defaults(Settings.model_construct(database=None).model_dump(exclude={"database"}))
        .with_file("config.toml")
        .with_env("ORDERS_")
        .with_args(list(arguments))
        .select_profile_from("ORDERS_PROFILE")
        # The secrets in its file are made up, and everyone may read them.
        .suppress_warnings("SC0407")
        .build()
    )


class Current:
    """The settings in force: the last ones that the model took."""

    def __init__(self, config: ConfigHandle) -> None:
        self.settings = config.extract(Settings)
        self.refused: ConfigError | None = None
        self.config = config

    def changed(self, change: Change) -> None:
        """What was loaded is good for the library; the model has a say, too."""
        try:
            self.settings, self.refused = self.config.extract(Settings), None
        except ConfigError as error:
            self.refused = error
            log.error("the settings stay as they are: %s", error)
        else:
            log.info("%s", change)

    @property
    def trouble(self) -> ConfigError | None:
        """Why the files are not what is served."""
        return self.config.last_reload_error() or self.refused


def create_app(config: ConfigHandle) -> FastAPI:
    """The service. Files are watched for as long as it runs."""
    current = Current(config)

    @asynccontextmanager
    async def watching(_: FastAPI) -> AsyncIterator[None]:
        async with config.watch(current.changed):
            yield

    app = FastAPI(lifespan=watching)

    @app.get("/health", response_class=PlainTextResponse)
    def health() -> str:
        """A service with a broken file is well: it goes on with what was good. But somebody should know."""
        trouble = current.trouble
        return f"ok, but the configuration could not be loaded again:\n{trouble}" if trouble else "ok"

    @app.get("/config")
    def summary() -> dict[str, object]:
        """What may be shown of it. One request sees one configuration, whatever is loaded meanwhile."""
        settings = current.settings
        return {
            "app": settings.app.model_dump(),
            "server": settings.server.model_dump(),
            "database": {"url": settings.database.url, "replicas": len(settings.database.replicas)},
            "http_clients": {name: client.base_url for name, client in settings.http_clients.items()},
        }

    return app


def main(arguments: list[str]) -> int:
    """Serves, or checks the configuration."""
    try:
        config = load(DIRECTORY, arguments)
        settings = config.extract(Settings)
    except ConfigError as error:
        print(error.render(), file=sys.stderr)
        return 2
    config.print_warnings()
    if "--check" in arguments:
        print(settings.model_dump_json(indent=2, exclude={"database": {"password"}}))
        return 0
    import uvicorn

    logging.basicConfig(level=logging.INFO)
    uvicorn.run(create_app(config), host=settings.server.host, port=settings.server.port)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
