"""Plays the example: a service that reads the directory of the Rust example, and reloads with it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from conftest import wait_for
from fastapi.testclient import TestClient

EXAMPLE = Path(__file__).parents[2] / "examples" / "python" / "service.py"


@pytest.fixture(scope="module")
def service():
    spec = importlib.util.spec_from_file_location("service", EXAMPLE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["service"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["service"]


@pytest.fixture
def directory(service, tmp_path):
    """A copy of the Rust example's files."""
    for file in service.DIRECTORY.glob("config*.toml"):
        (tmp_path / file.name).write_text(file.read_text())
    return tmp_path


def test_it_serves_what_the_rust_example_reads_and_what_becomes_of_it(service, directory):
    file = directory / "config.toml"
    text = file.read_text()
    with TestClient(service.create_app(service.load(directory))) as client:
        assert client.get("/health").text == "ok"
        config = client.get("/config").json()
        assert config["app"] == {
            "name": "orders",
            "workers": 4,
            "features": ["checkout", "refunds", "search-v2", "dark-mode"],
        }
        assert config["server"] == {"host": "127.0.0.1", "port": 8080, "base_path": "/api"}
        assert config["database"] == {"url": "postgres://localhost:5432/orders", "replicas": 2}
        assert config["http_clients"]["search"] == "https://search.example.com/api/v2"

        file.write_text(text.replace('base_path = "/api"', 'base_path = "/v2"'))
        wait_for(lambda: client.get("/config").json()["server"]["base_path"] == "/v2")

        # A broken text, and then one that the model refuses: what was good is served, and somebody is told.
        file.write_text(text + "\n[server\n")
        wait_for(lambda: "could not be loaded again" in client.get("/health").text)
        file.write_text(text.replace("[app]", "[app]\nworkers = 0"))
        wait_for(lambda: "`app.workers`" in client.get("/health").text)
        assert f"{file}:2:11" in client.get("/health").text or "config.toml:2:11" in client.get("/health").text
        assert client.get("/config").json()["server"]["base_path"] == "/v2"

        file.write_text(text)
        wait_for(lambda: client.get("/health").text == "ok")
        wait_for(lambda: client.get("/config").json()["server"]["base_path"] == "/api")


def test_profiles_variables_and_arguments_are_those_of_the_rust_example(service, directory, monkeypatch):
    monkeypatch.setenv("ORDERS_PROFILE", "production")
    monkeypatch.setenv("ORDERS_SERVER_PORT", "9000")
    config = service.load(directory, ["--set", "app.workers=7"])
    settings = config.extract(service.Settings)
    assert (settings.server.host, settings.server.port, settings.app.workers) == ("0.0.0.0", 9000, 7)
    assert "dark-mode" not in settings.app.features
    assert "only-for-development" not in repr(config) + config.report()


def run(*arguments, **variables):
    command = [sys.executable, str(EXAMPLE), *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ORDERS_")} | variables
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_it_is_checked_from_the_command_line():
    with run("--check") as program:
        told, errors = program.communicate(timeout=120)
    assert (program.returncode, errors) == (0, "")
    shown = json.loads(told)
    assert shown["database"]["replicas"] and "password" not in shown["database"]
    with run("--check", ORDERS_APP_WORKERS="many") as program:
        told, errors = program.communicate(timeout=120)
    assert program.returncode == 2 and "variable ORDERS_APP_WORKERS" in errors


def test_it_runs_until_it_is_interrupted():
    with run("--set", "server.port=0") as program:
        assert program.stderr
        lines = []
        for line in program.stderr:
            lines.append(line)
            if "running on" in line:
                break
        else:
            pytest.fail("".join(lines))
        address = line.split("running on ", 1)[1].split()[0]
        with urllib.request.urlopen(f"{address}/health", timeout=60) as answer:
            assert answer.read() == b"ok"
        program.terminate()
        program.communicate(timeout=60)
    assert program.returncode in (0, -15, 1)
