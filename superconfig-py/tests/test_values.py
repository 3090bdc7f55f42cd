"""Values from Python and to Python."""

from __future__ import annotations

import datetime as dt
import math
import os
from collections import OrderedDict, UserDict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

from superconfig import ConfigBuilder, ConfigError, create_config

UTC = dt.timezone.utc


def through(values):
    """What a dict becomes when it is a source."""
    return ConfigBuilder().with_dict(values).build().to_dict()


def test_values_come_back_as_they_were():
    values = {
        "z": None,
        "a": True,
        "integers": [0, -1, 2**63, -(2**63) - 1, 2**127 - 1, -(2**127)],
        "floats": [0.1, 1e300, -0.0, math.inf, -math.inf],
        "texts": ["", "007", "é\u0000", "🦀"],
        "moments": [
            dt.datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
            dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.timezone(dt.timedelta(hours=-5, minutes=-30))),
            dt.datetime(2026, 1, 2),
            dt.date(2026, 1, 2),
            dt.time(7, 32, 0, 5),
        ],
        "empty": {"list": [], "dict": {}},
        "A-b c.d": 1,
    }
    found = through(values)
    assert found == values and list(found) == list(values)
    assert str(found["floats"][2]) == "-0.0" and found["a"] is True
    assert [type(one) for one in found["moments"]] == [dt.datetime] * 3 + [dt.date, dt.time]
    assert math.isnan(through({"x": math.nan})["x"])


def test_any_mapping_and_sequence_is_taken():
    values = {"a": OrderedDict(b=1), "c": MappingProxyType({"d": UserDict(e=2)}), "f": (1, 2), "p": Path("x") / "y"}
    expected = {"a": {"b": 1}, "c": {"d": {"e": 2}}, "f": [1, 2], "p": os.path.join("x", "y")}
    assert through(values) == expected
    handle = create_config(values)
    assert through(handle) == through(dict(handle)) == expected


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ({1}, TypeError, "`a.b[0]`: a configuration cannot hold a value of `set`"),
        (b"x", TypeError, "cannot hold a value of `bytes`"),
        (Decimal(1), TypeError, "cannot hold a value of `Decimal`"),
        (1j, TypeError, "cannot hold a value of `complex`"),
        ({1: 2}, TypeError, "`a.b[0]`: the key 1 is not a string"),
        (2**127, OverflowError, "`a.b[0]`: an integer of more than 128 bits"),
        ("\ud800", ValueError, "`a.b[0]`: a text with half a character (a surrogate)"),
    ],
)
def test_what_no_configuration_holds_is_refused_with_its_path(value, kind, message):
    builder = ConfigBuilder()
    for refused in (builder.with_dict, builder.with_defaults, create_config):
        with pytest.raises(kind) as caught:
            refused({"a": {"b": [value]}})
        assert message in str(caught.value)
    with pytest.raises(kind):
        builder.with_override("a", [value])
    assert repr(builder) == "<ConfigBuilder of 0 steps>"


def test_what_holds_itself_is_refused():
    endless: dict = {}
    endless["again"] = [endless]
    with pytest.raises(ValueError, match="holds itself"):
        create_config(endless)


@pytest.mark.parametrize("value", [None, 1, "x", [("a", 1)]])
def test_a_configuration_is_a_mapping(value):
    with pytest.raises(TypeError, match="a mapping is needed"):
        ConfigBuilder().with_dict(value)


def test_date_times_of_toml_are_objects(toml):
    config = toml(
        "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 00:32:00.999999999-07:00\nc = 1979-05-27T07:32:00\n"
        "d = 1979-05-27\ne = 07:32:00\nf = 0000-01-01"
    )
    assert config["a"] == dt.datetime(1979, 5, 27, 7, 32, tzinfo=UTC) and config["a"].tzinfo is UTC
    assert config["b"] == dt.datetime(1979, 5, 27, 0, 32, 0, 999999, dt.timezone(dt.timedelta(hours=-7)))
    assert config["c"] == dt.datetime(1979, 5, 27, 7, 32)
    assert config["d"] == dt.date(1979, 5, 27) and config["e"] == dt.time(7, 32)
    # Python has no such year.
    assert config["f"] == "0000-01-01"


def test_integers_beyond_128_bits_are_an_error_of_the_file():
    with pytest.raises(ConfigError) as caught:
        ConfigBuilder().with_text(f'{{"a": {2**130}}}', "json", name="x.json").build()
    assert caught.value.code == "SC0103" and caught.value.problems[0].line == 1


def test_a_dict_that_is_changed_meanwhile_is_taken_as_it_was():
    class Changing(dict):
        def items(self):
            given["later"] = 1
            return super().items()

    class Other(Mapping):
        def __getitem__(self, key):
            return 1

        def __iter__(self):
            given["later"] = 1
            return iter("a")

        def __len__(self):
            return 1

    given = {"other": Other(), "changing": Changing(b=2)}
    assert create_config(given) == {"other": {"a": 1}, "changing": {"b": 2}}


def test_a_time_that_toml_does_not_have_is_a_string():
    odd = dt.timezone(dt.timedelta(seconds=3208))
    config = create_config({"when": dt.datetime(1800, 1, 1, tzinfo=odd), "at": dt.time(1, 2, tzinfo=UTC)})
    assert config == {"when": "1800-01-01T00:00:00+00:53:28", "at": "01:02:00+00:00"}
    assert ConfigBuilder().with_text(config.to_string()).build() == config


def test_half_a_character_is_refused_with_its_place():
    for value in ({"a": {"b": ["x", "\ud800"]}}, {"a": {"b": [1, {"\ud800": 1}]}}):
        with pytest.raises(ValueError, match=r"`a\.b\[1\]`: a text with half a character"):
            create_config(value)
