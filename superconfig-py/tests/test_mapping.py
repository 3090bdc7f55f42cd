"""A handle is a mapping, and what stands in it is as quick and as usual as a dict."""

from __future__ import annotations

import copy
import json
import pickle
from collections import ChainMap
from collections.abc import Mapping

import pytest

from superconfig import (
    ConfigBuilder,
    ConfigError,
    ConfigHandle,
    ConfigKeyError,
    ReadOnlyDict,
    ReadOnlyList,
    create_config,
)

TEXT = """
port = 80
"a.b" = 1
nothing = {}
[database]
url = "db"
hosts = ["a", { name = "b" }]
"""


@pytest.fixture
def config(toml) -> ConfigHandle:
    return toml(TEXT)


def test_it_is_a_mapping(config):
    assert isinstance(config, Mapping)
    assert list(config) == list(config.keys()) == ["port", "a.b", "nothing", "database"]
    assert list(reversed(config)) == ["database", "nothing", "a.b", "port"]
    assert len(config) == 4 and "port" in config and "pool" not in config and 7 not in config
    assert config["database"]["hosts"][1]["name"] == "b"
    assert dict(config.items())["port"] == 80 and 80 in config.values()
    assert {**config}["database"] == {"url": "db", "hosts": ["a", {"name": "b"}]}
    assert dict(config) == config and ChainMap(config, {"x": 1})["x"] == 1
    match config:
        case {"database": {"url": url, "hosts": [first, *_]}}:
            assert (url, first) == ("db", "a")
        case _:
            pytest.fail("it does not match")


def test_it_is_equal_to_what_it_holds(config, toml):
    assert config == config.to_dict() and config.to_dict() == config
    assert config == toml(TEXT) and config != toml("port = 80")
    assert config != {} and config != 7 and not config == "x"
    with pytest.raises(TypeError):
        hash(config)
    with pytest.raises(TypeError):
        config < config


def test_paths_lead_into_it(config):
    assert config.get("database.url") == "db"
    assert config.get("database.hosts[1].name") == "b"
    assert config.get('"a.b"') == config["a.b"] == 1
    assert config.get("database") is config["database"]
    assert config.get("") == config
    for nowhere in ("database.pool", "database.url.x", "database.hosts[2]", "database[0]", "port[0]"):
        assert config.get(nowhere) is None and not config.has_key(nowhere)
        assert config.get(nowhere, 7) == 7
    assert config.has_key("database.hosts[0]") and config.has_key("nothing")
    with pytest.raises(TypeError):
        config.get(["database"])
    with pytest.raises(TypeError):
        config.get(7)


def test_a_path_means_the_same_to_all_that_take_one():
    config = create_config({"a.b": 1, "a": {"b": 2}})
    for path, value in (('"a.b"', 1), ("a.b", 2)):
        assert config.get(path) == config.extract(int, path=path) == value and config.has_key(path)
        assert f"{path} = {value}" in str(config.explain(path)) and config.origin(path) is not None
    only = create_config({"a.b": 1})
    assert only.get("a.b") is None and not only.has_key("a.b") and only.origin("a.b") is None
    assert only["a.b"] == 1 and "a.b" in only
    for ask in (only.explain, lambda path: only.extract(int, path=path)):
        with pytest.raises(ConfigKeyError):
            ask("a.b")


def test_many_are_read_at_once(config):
    assert config.get_many(["database.url", "x", "port"], 0) == {"database.url": "db", "x": 0, "port": 80}
    assert config.get_many(path for path in ("port",)) == {"port": 80}
    with pytest.raises(TypeError, match="several paths"):
        config.get_many("port")


def test_paths_that_are_asked_for_without_end_are_not_remembered_without_end(config):
    for index in range(10_000):
        config.get(f"database.none{index}")
        config.get(" " * index + "port")
    assert config.get("port") == 80


def test_there_is_one_object_for_all_readers(config):
    assert config["database"] is config["database"]
    assert config["database"] is config.get_many(["database"])["database"]


def test_nothing_can_be_changed(config):
    database, hosts = config["database"], config["database"]["hosts"]
    changes = [
        lambda: database.__setitem__("url", "x"),
        lambda: database.__delitem__("url"),
        lambda: database.update(url="x"),
        lambda: database.setdefault("x", 1),
        lambda: database.pop("url"),
        lambda: database.popitem(),
        lambda: database.clear(),
        lambda: database.__ior__({"x": 1}),
        lambda: hosts.append(1),
        lambda: hosts.__setitem__(0, 1),
        lambda: hosts.__delitem__(0),
        lambda: hosts.extend([1]),
        lambda: hosts.insert(0, 1),
        lambda: hosts.pop(),
        lambda: hosts.remove("a"),
        lambda: hosts.clear(),
        lambda: hosts.sort(),
        lambda: hosts.reverse(),
        lambda: hosts.__iadd__([1]),
        lambda: hosts.__imul__(2),
    ]
    for change in changes:
        with pytest.raises(TypeError, match="read-only"):
            change()
    with pytest.raises(TypeError):
        config["port"] = 1  # type: ignore[index]
    assert config == ConfigBuilder().with_text(TEXT).build()


def test_copies_are_ordinary(config):
    database = config["database"]
    assert isinstance(database, ReadOnlyDict) and isinstance(database["hosts"], ReadOnlyList)
    for made in (copy.copy(database), copy.deepcopy(database), database.copy(), database | {}):
        assert type(made) is dict and made == database
    deep = copy.deepcopy(database)
    deep["hosts"][1]["name"] = "c"
    assert config.get("database.hosts[1].name") == "b"
    for made in (copy.copy(database["hosts"]), database["hosts"].copy(), database["hosts"][:]):
        assert type(made) is list
    plain = config.to_dict()
    plain["database"]["hosts"].append("z")
    assert len(config["database"]["hosts"]) == 2
    assert type(plain["database"]) is dict and type(plain["database"]["hosts"]) is list


def test_others_take_it(config):
    assert json.loads(json.dumps(config["database"])) == config["database"]
    again = pickle.loads(pickle.dumps(config["database"]))
    assert again == config["database"] and type(again) is ReadOnlyDict and type(again["hosts"]) is ReadOnlyList
    with pytest.raises(TypeError, match="to_dict"):
        pickle.dumps(config)
    # What holds a handle can be copied: it is the same for all.
    assert copy.copy(config) is config and copy.deepcopy({"of": [config]})["of"][0] is config


def test_a_key_that_is_not_there_is_a_key_error(config):
    with pytest.raises(KeyError) as caught:
        config["databse"]
    error = caught.value
    assert isinstance(error, ConfigKeyError) and isinstance(error, ConfigError)
    assert "did you mean `database`?" in str(error)
    assert error.code == "SC0801" and error.path == "databse"
    assert "`databse`" in error.render()
    with pytest.raises(ConfigKeyError):
        config["database.url"]
    with pytest.raises(ConfigKeyError):
        config[7]  # type: ignore[index]
    with pytest.raises(ConfigKeyError) as caught:
        config["\ud800"]
    assert "there is no key" in caught.value.render()


def test_a_key_that_is_not_there_is_one_in_every_table(config):
    with pytest.raises(ConfigKeyError) as caught:
        config["database"]["urll"]
    error = caught.value
    assert "there is no key 'urll'" in str(error) and "did you mean `url`?" in str(error)
    assert error.code == "SC0801" and "did you mean `url`?" in error.render()
    assert pickle.loads(pickle.dumps(error)).render() == error.render()
    assert config["database"].get("urll") is None and "urll" not in config["database"]


def test_a_path_is_a_string(config):
    for path in (3, ["database"], b"database"):
        for ask in (config.get, config.has_key, lambda path: config.get_many([path])):
            with pytest.raises(TypeError, match=f"path must be str, not {type(path).__name__}"):
                ask(path)


def test_a_secret_does_not_show_itself():
    config = (
        ConfigBuilder()
        .with_text("[db]\npassword = 'hunter2'\npins = ['hunter2']\nport = 1\nkeys = ['hunter2', 7]")
        .with_secret("**.password", "db.pins")
        .with_secret(["db.keys"])
        .build()
    )
    for shown in (repr(config), repr(config["db"]["password"]), f"{config['db']!r}", str(config.report())):
        assert "hunter2" not in shown
    assert "[redacted]" in repr(config)
    assert config["db"]["password"] == "hunter2" and f"{config['db']['password']}" == "hunter2"
    assert "hunter2" not in config.to_json() + config.to_string("yaml")
    assert "hunter2" in config.to_json(expose_secrets=True) and "hunter2" in config.to_string(expose_secrets=True)
    assert "hunter2" not in str(config.explain("db.password"))
    again = pickle.loads(pickle.dumps(config["db"]["password"]))
    assert again == "hunter2" and "hunter2" not in repr(again)
