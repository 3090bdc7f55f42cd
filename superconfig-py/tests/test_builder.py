"""The steps of the builder, and the functions for what most programs load."""

from __future__ import annotations

import copy
import inspect
import json
import os
import sys
from pathlib import Path

import pytest

import superconfig
from superconfig import (
    ConfigBuilder,
    ConfigError,
    ConfigHandle,
    ConfigKeyError,
    ConfigRegistry,
    ConfigValueError,
    create_config,
    load_env,
    load_file,
    load_multiple,
)


class Spelled(os.PathLike):
    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return str(self.path)


def test_paths_are_strings_and_path_like_objects(file):
    for path in (file, str(file), Spelled(file)):
        assert ConfigBuilder().with_file(path).build()["port"] == 80
        assert load_file(path) == load_multiple([path]) == create_config(files=[path])
        assert ConfigBuilder().with_file_opt(path).with_glob(path).build()["port"] == 80
    with pytest.raises(TypeError):
        ConfigBuilder().with_file(7)


def test_what_may_be_missing_may_be_missing(tmp_path):
    builder = ConfigBuilder().with_directory(tmp_path).with_file_opt("none.toml").with_file_opt(None)
    assert len(builder.with_dotenv().with_glob("*.toml").build()) == 0


def test_steps_give_the_builder_itself():
    builder = ConfigBuilder()
    assert builder.with_text("a = 1") is builder
    builder.with_override("a", 2)
    other = copy.copy(builder).with_override("a", 3)
    assert (builder.build()["a"], other.build()["a"], builder.build()["a"]) == (2, 3, 2)
    assert repr(builder) == "<ConfigBuilder of 2 steps>"


def test_each_kind_of_source_has_its_say(tmp_path):
    (tmp_path / "orders.toml").write_text("hierarchical = 1")
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d" / "a.yaml").write_text("glob: 1")
    (tmp_path / ".env").write_text("APP_DOTENV=1")
    config = (
        ConfigBuilder()
        .with_directory(tmp_path)
        .with_root(tmp_path)
        .with_defaults({"defaults": 1})
        .with_hierarchical("orders")
        .with_glob("conf.d/*")
        .with_text('{"text": 1}', "json")
        .with_dict({"dict": 1}, name="the test")
        .with_dotenv()
        .with_env("APP_")
        .with_env_vars({"APP_ENV": "1"})
        .with_override("override", "1")
        .with_overrides({"overrides.a": 1, "overrides.b": [1]})
        .with_args(["--set", "args=1", "--else"])
        .build()
    )
    expected = ["defaults", "hierarchical", "glob", "text", "dict", "dotenv", "env", "override", "overrides", "args"]
    assert list(config) == expected
    assert all(config[key] == 1 for key in expected if key != "overrides")
    kinds = {key: config.origin(key).kind for key in expected if key != "overrides"}
    assert kinds == {
        **{"defaults": "defaults", "hierarchical": "text", "glob": "text", "text": "text", "dict": "custom"},
        **{"dotenv": "dotenv", "env": "variable", "override": "override", "args": "argument"},
    }
    assert str(config.origin("dict")) == "the test" and config.origin("env").variable == "APP_ENV"


def test_the_environment_of_the_process_is_read(monkeypatch):
    monkeypatch.setenv("SUPERCONFIG_PY_TEST_PORT", "81")
    assert load_env("SUPERCONFIG_PY_TEST_") == {"port": 81}
    assert load_env("SUPERCONFIG_PY_TEST_", defaults={"port": "x"}) == {"port": "81"}
    monkeypatch.setattr(sys, "argv", ["program", "--set", "port=82", "rest"])
    assert ConfigBuilder().with_args().build() == {"port": 82}


def test_texts_are_read_by_what_is_there_and_dicts_are_not():
    builder = ConfigBuilder().with_dict({"port": 80, "name": "x", "list": [1]})
    config = builder.with_override("port", "81").with_override("name", "007").with_override("list", "2,3").build()
    assert config == {"port": 81, "name": "007", "list": [2, 3]}
    assert ConfigBuilder().with_dict({"port": "81"}).build() == {"port": "81"}


def test_a_json_schema_declares_the_settings():
    schema = {
        "type": "object",
        "properties": {"port": {"type": "integer", "maximum": 65535}, "key": {"type": "string", "writeOnly": True}},
        "required": ["port"],
    }

    def load(given: str | dict[str, object], **variables: str):
        return ConfigBuilder().with_schema(given).with_env("APP_").with_env_vars(variables).build()

    for given in (schema, json.dumps(schema)):
        config = load(given, APP_PORT="0080", APP_KEY="007")
        assert config == {"port": 80, "key": "007"} and "007" not in repr(config)
        with pytest.raises(ConfigValueError) as caught:
            load(given, APP_PORT="65536")
        assert (caught.value.code, caught.value.path) == ("SC0103", "port")
        with pytest.raises(ConfigError) as missing:
            load(given)
        assert missing.value.code == "SC0101"
    with pytest.raises(ConfigError) as broken:
        load("{")
    assert broken.value.code == "SC1001"
    with pytest.raises(TypeError):
        ConfigBuilder().with_schema(1)  # type: ignore[arg-type]


def test_profiles_are_selected():
    text = "a = 1\n[profile.eu]\na = 2\n[profile.prod]\nb = 3"
    for names in (("eu", "prod"), (["eu", "prod"],), ("eu,prod",)):
        assert ConfigBuilder().with_text(text).select_profile(*names).build() == {"a": 2, "b": 3}
    chosen = ConfigBuilder().with_text(text).with_env_vars({"P": "eu"}).select_profile_from("P")
    assert chosen.build()["a"] == 2
    with pytest.raises(ConfigValueError) as caught:
        ConfigBuilder().with_text(text).select_profile("pord").build()
    assert caught.value.code == "SC0602" and "prod" in caught.value.render()


def test_strict_makes_strange_variables_errors():
    def builder():
        return ConfigBuilder().with_dict({"port": 1}).with_env("APP_").with_env_vars({"APP_PORT__X": "1"})

    assert [warning.code for warning in builder().build().warnings()] == ["SC0204"]
    assert builder().build().has_warnings()
    assert not builder().suppress_warnings("SC0204").build().has_warnings()
    assert not builder().suppress_warnings(["SC0204", "x"]).build().has_warnings()
    with pytest.raises(ConfigValueError):
        builder().strict().build()
    assert builder().strict(False).build().has_warnings()


def test_warnings_are_printed_where_python_prints(capsys):
    config = ConfigBuilder().with_text("a = [1]\na_remove = [2]", name="app.toml").build()
    config.print_warnings()
    told = capsys.readouterr()
    assert "warning[SC0201]" in told.err and told.out == ""
    ConfigBuilder().build().print_warnings()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ConfigBuilder().with_text("", "ini"), "there are toml, yaml, yml, json and jsonc"),
        (lambda: ConfigBuilder().with_verbosity("loud"), "silent, info, debug and trace"),
        (lambda: create_config({}).to_string("xml"), "no format"),
        (lambda: create_config({}).watch(debounce=-1.0), "debounce must be a time in seconds, not -1"),
        (lambda: ConfigRegistry().expire_after(float("nan")), "the idle time must be a time in seconds, not NaN"),
    ],
)
def test_wrong_arguments_are_value_errors(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_what_came_from_where_is_told(toml):
    config = toml("port = 80\n[db]\nurl = 'x'")
    assert (config.origin("port").file, config.origin("port").line) == ("app.toml", 1)
    assert config.origin("db") is None and config.origin("none") is None
    explained = config.explain("port")
    assert explained.value == 80 and str(explained).startswith("port = 80")
    assert explained.to_dict()["statements"][0]["origin"] == "app.toml:1:8"
    with pytest.raises(KeyError, match="did you mean"):
        config.explain("prot")
    assert config.paths() == ["port", "db.url"] and "app.toml:1:8" in config.report()
    assert any("app.toml" in line for line in config.debug_messages())
    assert config.to_string("toml") == 'port = 80\n\n[db]\nurl = "x"\n'


def test_the_functions_are_the_builder(file, tmp_path, monkeypatch):
    other = tmp_path / "other.json"
    other.write_text('{"port": 81, "host": "h"}')
    assert load_multiple([file, other]) == {"port": 81, "host": "h"}
    monkeypatch.setenv("SUPERCONFIG_PY_TEST_PORT", "82")
    config = create_config(
        {"below": 1},
        directory=tmp_path,
        files=["app.toml"],
        env="SUPERCONFIG_PY_TEST_",
        overrides={"host": "x"},
        args=["--set", "host=y"],
        secrets=["host"],
    )
    assert config == {"below": 1, "port": 82, "host": "x"} and "'x'" not in repr(config)


def test_handles_have_ids_in_their_registry():
    registry = ConfigRegistry()
    handle = registry.create_config({"a": {"b": 1}})
    assert handle.id in registry and len(registry) == 1 and registry
    assert registry.get(handle.id) == {"a": {"b": 1}}
    stats = registry.stats()
    assert (stats.total_handles, stats.active_handles, stats.loads) == (1, 1, 1)
    assert stats.memory_usage_bytes > 0
    number = handle.id
    del handle
    with pytest.raises(ConfigKeyError) as caught:
        registry.get(number)
    assert caught.value.code == "SC0905" and number not in registry
    for wrong in (0, 7, create_config({}).id):
        with pytest.raises(KeyError):
            registry.get(wrong)
    built = registry.create_config({"a": 1}, env="SUPERCONFIG_PY_NONE_")
    assert registry.get(built.id) == {"a": 1} and ConfigBuilder().build(registry).id in registry
    registry.lease(built.id)
    number = built.id
    del built
    assert registry.get(number)["a"] == 1
    assert registry.remove(number) == {"a": 1} and number not in registry
    assert registry.sweep() == 0 and repr(registry) == "<ConfigRegistry of 0 handles>"
    registry.clear_cache()


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert superconfig.__version__ == version("superconfig")
    assert all(hasattr(superconfig, name) for name in superconfig.__all__)


def test_one_text_is_not_several():
    """Its letters would be."""
    with pytest.raises(TypeError, match=r"files takes several: files=\['app.toml'\]"):
        create_config(files="app.toml")
    with pytest.raises(TypeError, match="secrets takes several"):
        create_config({"password": "x"}, secrets="password")
    with pytest.raises(TypeError, match="args takes several"):
        create_config(args="--set a=1")
    with pytest.raises(TypeError, match="paths takes several"):
        load_multiple(Path("app.toml"))


def test_variables_are_a_mapping_of_strings():
    with pytest.raises(TypeError, match="variables must be a mapping of str, not list"):
        ConfigBuilder().with_env_vars([("A", "b")])
    with pytest.raises(TypeError, match="the variable A must be str, not int"):
        ConfigBuilder().with_env_vars({"A": 1})
    with pytest.raises(TypeError, match="the name of a variable must be str, not int"):
        ConfigBuilder().with_env_vars({1: "a"})


def test_what_is_no_id_is_in_no_registry():
    registry = ConfigRegistry()
    handle = registry.create_config({"a": 1})
    assert handle.id in registry
    assert all(other not in registry for other in (-1, 0, "a", None, 1 << 64, handle))


def test_messages_name_what_was_wrong():
    for call, message in [
        (lambda: create_config({}, profile=3), "profile takes several, not int"),
        (lambda: create_config(files=3), "files takes several, not int"),
        (lambda: load_env(None), "prefix must be str, not NoneType"),
        (lambda: ConfigBuilder().with_args("--set a=1"), "arguments are several"),
        (lambda: ConfigBuilder().with_args([1]), "an argument must be str, not int"),
        (lambda: ConfigBuilder().select_profile("a", 3), "a profile must be str, not int"),
        (lambda: ConfigBuilder().with_secret(3), "the path of a secret must be str, not int"),
        (lambda: ConfigBuilder().suppress_warnings(["a", 3]), "a pattern must be str, not list"),
    ]:
        with pytest.raises(TypeError, match=message):
            call()
    for name in ("xml", "", "a/b", "x.toml"):
        with pytest.raises(ValueError, match="there are toml, yaml, yml, json and jsonc"):
            ConfigBuilder().with_text("", name)
    assert ConfigBuilder().with_text("{ /* none */ }", "jsonc").with_text("a: 1", "YML").build() == {"a": 1}


def test_defaults_of_arguments_can_be_read():
    assert str(inspect.signature(ConfigBuilder.with_dotenv)) == "(self, path='.env', /)"
    assert "name='a dict of the program'" in str(inspect.signature(ConfigBuilder.with_dict))
    assert "debounce=None" in str(inspect.signature(ConfigHandle.watch))


def test_the_shared_registry_is_one_object():
    assert ConfigRegistry.shared() is ConfigRegistry.shared()
    assert ConfigRegistry() is not ConfigRegistry.shared()
