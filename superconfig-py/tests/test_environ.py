"""The environment is that of Python: `os.environ`."""

from __future__ import annotations

import os
import sys

import pytest
from conftest import wait_for

from superconfig import ConfigBuilder, ConfigValueError, load_env

PREFIX = "SUPERCONFIG_PY_TEST_"
PORT = f"{PREFIX}PORT"


def test_what_stands_in_the_place_of_os_environ_counts(monkeypatch):
    monkeypatch.setattr(os, "environ", {PORT: "81", "PORT": "82"})
    assert load_env(PREFIX) == {"port": 81}
    assert ConfigBuilder().with_dict({"port": 80}).with_env().build() == {"port": 82}
    assert ConfigBuilder().with_env_vars({PORT: "83"}).with_env(PREFIX).build() == {"port": 83}


def test_what_only_the_system_knows_does_not_count():
    os.putenv(PORT, "81")
    try:
        assert os.getenv(PORT) is None
        assert load_env(PREFIX) == {}
    finally:
        os.unsetenv(PORT)


def test_profiles_and_folders_of_the_user_are_found_by_it_too(monkeypatch, tmp_path):
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "config.toml").write_text("port = 80\n[staging]\nport = 81")
    builder = ConfigBuilder().with_root(tmp_path).with_directory(tmp_path).with_hierarchical("orders")
    builder.select_profile_from("STAGE")
    monkeypatch.setattr(os, "environ", {"XDG_CONFIG_HOME": str(tmp_path)})
    assert builder.build()["port"] == 80
    monkeypatch.setattr(os, "environ", {"XDG_CONFIG_HOME": str(tmp_path), "STAGE": "staging"})
    assert builder.build()["port"] == 81


def test_a_reload_reads_it_again(monkeypatch):
    monkeypatch.setenv(PORT, "81")
    config = load_env(PREFIX)
    assert config.reload() is None
    monkeypatch.setenv(PORT, "82")
    change = config.reload()
    assert [changed.path for changed in change.changed] == ["port"]
    monkeypatch.delenv(PORT)
    config.reload()
    assert config == {}


def test_a_watch_takes_what_was_read_last(monkeypatch, file):
    monkeypatch.setenv(PORT, "81")
    file.write_text("level = 1")
    config = ConfigBuilder().with_file(file).with_env(PREFIX).build()
    with config.watch(debounce=0.01):
        monkeypatch.setenv(PORT, "82")
        file.write_text("level = 2")
        wait_for(lambda: config["level"] == 2)
        assert config["port"] == 81
    config.reload()
    assert config["port"] == 82


@pytest.mark.skipif(sys.platform == "win32", reason="names and values are texts there")
def test_what_is_no_text_is_an_error_that_names_the_variable(monkeypatch):
    monkeypatch.setitem(os.environb, PORT.encode(), b"\xff")
    with pytest.raises(ConfigValueError, match=PORT):
        load_env(PREFIX)
