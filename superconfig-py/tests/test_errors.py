"""Exceptions are what a programmer of Python expects, and say everything."""

from __future__ import annotations

import copy
import errno
import os
import pickle
import sys
import traceback

import pytest

from superconfig import (
    ConfigBuilder,
    ConfigError,
    ConfigFileError,
    ConfigFileNotFoundError,
    ConfigKeyError,
    ConfigRegistry,
    ConfigValueError,
    create_config,
)


def failure(builder: ConfigBuilder) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        builder.build()
    return caught.value


def test_a_missing_file_is_a_file_not_found_error(tmp_path):
    path = tmp_path / "none.toml"
    error = failure(ConfigBuilder().with_file(path))
    assert isinstance(error, FileNotFoundError) and type(error) is ConfigFileNotFoundError
    assert error.errno == errno.ENOENT and error.filename == str(path)
    assert error.problems[0].file == str(path) and error.code == "SC0401"


def test_what_is_no_file_is_an_os_error(tmp_path):
    error = failure(ConfigBuilder().with_file(tmp_path))
    assert isinstance(error, OSError) and type(error) is ConfigFileError and error.code == "SC0402"


@pytest.mark.parametrize(
    ("builder", "code"),
    [
        (ConfigBuilder().with_text("a = ", name="t"), "SC0301"),
        (ConfigBuilder().with_text("a = 1\na = 2", name="t"), "SC0302"),
        (ConfigBuilder().with_dict({"a": 1}).with_override("a", "x"), "SC0102"),
        (ConfigBuilder().with_args(["--set", "a"]), "SC0503"),
        (ConfigBuilder().select_profile("none"), "SC0602"),
    ],
)
def test_what_is_wrong_with_values_and_texts_is_a_value_error(builder, code):
    error = failure(builder)
    assert isinstance(error, ValueError) and type(error) is ConfigValueError and error.code == code


def test_everything_that_is_wrong_is_told_with_its_place(tmp_path):
    path = tmp_path / "app.toml"
    path.write_text("port = 80\nlist = 'x'\n")
    builder = ConfigBuilder().with_file(path).with_env("APP_").with_env_vars({"APP_PORT": "x", "APP_LIST__0": "1"})
    error = failure(builder.with_text("list_add = [1]", name="more.toml"))
    assert [(one.code, one.path, one.line) for one in error.problems] == [
        ("SC0102", "port", None),
        ("SC0106", "list_add", 1),
    ]
    first, second = error.problems
    assert first.origin.variable == "APP_PORT" and first.severity == "error" and first.kind == "value"
    assert (second.file, second.column) == ("more.toml", 12)
    assert (error.code, error.path, error.origin) == (first.code, first.path, first.origin)
    assert str(error) == "\n".join(map(str, error.problems))
    assert "2 errors" in error.render() and "1 | list_add = [1]" in error.render()
    assert [warning.code for warning in error.warnings] == ["SC0204"]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="notes came with 3.11")
def test_a_traceback_ends_with_the_report():
    error = failure(ConfigBuilder().with_text("a = [1]", name="app.toml").with_text("a_add = 1", name="b.toml"))
    shown = "".join(traceback.format_exception(error))
    assert "superconfig.ConfigValueError: b.toml:1:9" in shown and "1 | a_add = 1" in shown


def test_errors_can_be_sent_to_other_processes(tmp_path):
    config = create_config({"a": 1})
    with pytest.raises(KeyError) as caught:
        config["b"]
    for error in (failure(ConfigBuilder().with_file(tmp_path / "none.toml")), caught.value):
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert type(again) is type(error) and str(again) == str(error)
            assert again.problems == error.problems and again.render() == error.render()
            for name in ("errno", "strerror", "filename"):
                assert getattr(again, name, None) == getattr(error, name, None)


def test_a_key_error_says_what_it_is_about_and_does_not_quote_it():
    with pytest.raises(ConfigKeyError) as caught:
        create_config({"port": 1}).explain("prot")
    assert not str(caught.value).startswith("'") and "did you mean `port`?" in str(caught.value)


def test_no_secret_is_told():
    text = "[db]\npassword = 'hunter2'\nport = 'hunter2"
    error = failure(ConfigBuilder().with_text(text, name="app.toml").with_secret("**.password"))
    assert "hunter2" not in str(error) + error.render() + repr(error) + repr(error.problems)


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "symlink"), reason="links need rights there")
def test_a_file_error_has_the_number_of_the_system(tmp_path):
    link = tmp_path / "app.toml"
    link.symlink_to(link)
    error = failure(ConfigBuilder().with_file(link))
    assert isinstance(error, ConfigFileError) and (error.errno, error.filename) == (errno.ELOOP, str(link))


def test_what_a_step_was_given_wrongly_is_a_value_error():
    error = failure(ConfigBuilder().with_glob("["))
    assert isinstance(error, ValueError) and not isinstance(error, OSError)
    error = failure(ConfigBuilder().with_schema({"type": "object"}).with_secret("a"))
    assert isinstance(error, ValueError)


def test_warnings_are_printed_where_there_is_somewhere(monkeypatch):
    config = ConfigBuilder().with_text("a_remove = [1]\na = [2]", name="app.toml").build()
    assert config.has_warnings()
    monkeypatch.setattr(sys, "stderr", None)
    config.print_warnings()


@pytest.mark.parametrize(
    ("builder", "advice"),
    [
        (ConfigBuilder().with_file("none.toml"), "use `with_file_opt` if it may be missing"),
        (ConfigBuilder().with_text("a = " + "[" * 300), "raise the limit by `with_limits(depth=…)`"),
        (ConfigBuilder().with_text("[a.b]\nc = 1").with_limits(depth=1), "`with_limits(depth=…)`"),
        (ConfigBuilder().with_text("a = 1").select_profile("none"), "has no section [profile.none]"),
        (ConfigBuilder().with_schema({}).with_secret("a"), "`with_secret` is for configurations without a schema"),
    ],
)
def test_advice_is_in_the_words_of_this_package(builder, advice):
    report = failure(builder).render()
    assert advice in report and "Limits::" not in report and "profiles(" not in report


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_advice_is_written_with_the_constants_of_python(file):
    file.chmod(0o666)
    builder = ConfigBuilder().with_file(file).strict_permissions(True)
    assert "`strict_permissions(False)` makes this a warning" in failure(builder).render()
    assert builder.strict_permissions(False).build()["port"] == 80


def test_a_handle_is_called_by_the_number_that_it_has_here():
    with pytest.raises(ConfigKeyError, match="handle 17 is one of another registry"):
        ConfigRegistry().get(17)


def test_the_last_word_on_strictness_counts():
    builder = ConfigBuilder().with_dict({"port": 1}).with_env("APP_").with_env_vars({"APP_PORT__X": "1"})
    assert failure(builder.strict()).code == "SC0204"
    assert builder.strict(False).build().has_warnings()
