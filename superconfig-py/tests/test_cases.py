"""The cases that every language has in common; tests/cases/README.md says how they are written."""

from __future__ import annotations

import datetime
import json
import math
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from superconfig import ConfigBuilder, ConfigError, ConfigHandle, Problem

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES = sorted((Path(__file__).parents[2] / "tests" / "cases").glob("*.toml"))


def written(value: Any) -> str:
    """A value as the cases write it, on one line."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{written(key)}:{written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, float):
        if math.isfinite(value):
            return re.sub(r"e([+-]?)0*", lambda e: "e" + e[1].replace("+", ""), repr(value))
        return json.dumps("NaN" if math.isnan(value) else repr(value))
    if isinstance(value, (datetime.date, datetime.time)):
        return json.dumps(re.sub(r"(\.\d*?)0+(?=$|[+-])", r"\1", value.isoformat()))
    return json.dumps(value, ensure_ascii=False)


def load(case: dict[str, Any], here: Path) -> ConfigHandle:
    for name, text in case.get("files", {}).items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    builder = ConfigBuilder().with_directory(here).with_root(here).suppress_warnings(case.get("suppress", []))
    for step in case["steps"]:
        ((kind, given),) = step.items()
        if kind == "defaults":
            builder.with_defaults(json.loads(given))
        elif kind == "text":
            builder.with_text(given["text"], given["format"], name=given["name"])
        elif kind == "override":
            builder.with_override(given["path"], given["value"])
        else:
            getattr(builder, f"with_{kind}")(given)
    if "profiles" in case:
        builder.select_profile(case["profiles"])
    builder.with_limits(**case.get("limits", {})).strict(case.get("strict", False)).with_secret(*case.get("secrets", []))
    env = case.get("env", {})
    if env or any("env" in step for step in case["steps"]):
        # In the order of their names, as the other languages give them.
        builder.with_env_vars(dict(sorted(env.items())))
    return builder.build()


def said(problems: tuple[Problem, ...], here: Path) -> list[dict[str, Any]]:
    """Problems as the cases write them: what is not there is left out."""

    def relative(text: str) -> str:
        return text.replace(f"{here}/", "")

    told = []
    for one in problems:
        entry = {
            "code": one.code,
            "kind": one.kind,
            "path": one.path,
            "origin": relative(str(one.origin or "")),
            "message": relative(one.message),
            "help": [relative(text) for text in one.help],
            "causes": [relative(text) for text in one.causes],
        }
        told.append({key: text for key, text in entry.items() if text})
    return told


def in_python(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a case expects of problems, with the advice as it is given to a program in Python."""

    def translated(advice: str) -> str:
        advice = advice.replace("`Glob::with_parents` allows it", "write the whole path of the directory that is meant")
        return re.sub(r"raise `Limits::(\w+)` by `with_limits`", r"raise the limit by `with_limits(\1=…)`", advice)

    return [one | {"help": [translated(text) for text in one["help"]]} if "help" in one else one for one in problems]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_comes_to_what_the_case_expects(path: Path, tmp_path: Path) -> None:
    case = tomllib.loads(path.read_text())
    expect = case["expect"]
    try:
        handle = load(case, tmp_path)
    except ConfigError as error:
        assert said(error.problems, tmp_path) == in_python(expect.get("problems", []))
        assert said(error.warnings, tmp_path) == in_python(expect.get("warnings", []))
        assert "value" not in expect
        return
    assert "problems" not in expect
    assert written(handle.to_dict()) == expect["value"]
    assert written(dict(handle)) == expect["value"]
    assert handle.to_json(expose_secrets=True) == expect["value"]
    assert handle.to_json() == expect.get("shown", expect["value"])
    for setting, origin in expect.get("origins", {}).items():
        assert str(handle.origin(setting) or "none").replace(f"{tmp_path}/", "") == origin
    assert said(handle.warnings(), tmp_path) == in_python(expect.get("warnings", []))


def test_no_case_is_missing() -> None:
    assert len(CASES) >= 30
