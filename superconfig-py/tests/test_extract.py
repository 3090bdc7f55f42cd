"""Models: what they get, and what is told when they refuse it."""

from __future__ import annotations

import datetime as dt
import enum
import sys
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from decimal import Decimal
from fractions import Fraction
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NewType, Optional, TypedDict, Union

import pydantic
import pytest

from superconfig import ConfigBuilder, ConfigError, create_config

TEXT = """
name = "orders"
[http]
host = "127.0.0.1"
port = 80
[[servers]]
host = "a"
weight = 2
"""


class Level(enum.Enum):
    LOW = "low"
    HIGH = "high"


@dataclass
class Http:
    host: IPv4Address
    port: int
    timeout: float = 1.5
    tags: list[str] = field(default_factory=list)


class Server(TypedDict):
    host: str
    weight: int


@dataclass
class Settings:
    name: str
    http: Http
    servers: list[Server]
    debug: Optional[bool] = None


def refused(config, model, **named) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        config.extract(model, **named)
    # What the model raised shows values.
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    return caught.value


def told(error: ConfigError) -> list[tuple[str, str | None, str, str]]:
    return [(one.code, one.path, str(one.origin or ""), one.message) for one in error.problems]


def test_a_dataclass_is_filled(toml):
    settings = toml(TEXT).extract(Settings)
    assert settings == Settings("orders", Http(IPv4Address("127.0.0.1"), 80), [{"host": "a", "weight": 2}])
    assert toml(TEXT).extract(Http, path="http").port == 80
    assert ConfigBuilder().with_text(TEXT).extract(Settings) == settings


def test_a_pydantic_model_is_filled(toml):
    class Model(pydantic.BaseModel):
        name: str
        http: Http
        servers: list[dict[str, Any]]
        when: dt.date = dt.date(2026, 1, 2)

    model = toml(TEXT).extract(Model)
    assert (model.name, model.http.port, model.servers[0]["weight"]) == ("orders", 80, 2)

    @pydantic.dataclasses.dataclass
    class Small:
        port: Annotated[int, pydantic.Field(lt=100)]

    assert toml(TEXT).extract(Small, path="http").port == 80


def test_without_a_model_it_is_a_copy(toml):
    config = toml(TEXT)
    copy = config.extract()
    copy["http"]["port"] = 81
    assert config["http"]["port"] == 80 and type(config.extract(path="http")) is dict
    assert config.extract(int, path="http.port") == 80
    assert config.extract(list[Server], path="servers") == [{"host": "a", "weight": 2}]
    with pytest.raises(KeyError, match="did you mean `http`"):
        config.extract(Http, path="htp")


def test_a_dataclass_that_refuses_says_everything_with_its_place(toml):
    text = "http = { host = 'x', port = '80', timeout = 1 }\n[[servers]]\nhost = 1\nweight = 2.5\n"
    error = refused(toml(text), Settings)
    assert told(error) == [
        ("SC0106", "http.host", "app.toml:1:17", "`IPv4Address` refused it: Expected 4 octets in 'x'"),
        ("SC0106", "http.port", "app.toml:1:29", 'expected an integer, found the string "80"'),
        ("SC0106", "servers[0].host", "app.toml:3:8", "expected a string, found the integer 1"),
        ("SC0106", "servers[0].weight", "app.toml:4:10", "expected an integer, found the number 2.5"),
        ("SC0101", "name", "", "required, and no source sets it"),
    ]
    assert "3 | host = 1" in error.render() and isinstance(error, ValueError)


def test_a_pydantic_model_that_refuses_says_everything_with_its_place():
    class Pool(pydantic.BaseModel):
        size: int = pydantic.Field(gt=0)
        kind: Union[Level, int] = 1

        @pydantic.field_validator("size")
        @classmethod
        def even(cls, size: int) -> int:
            if size % 2:
                raise ValueError("must be even")
            return size

    class Model(pydantic.BaseModel):
        pool: Pool
        url: str
        hosts: list[int]

    config = (
        ConfigBuilder()
        .with_text("hosts = [1, 'x']\n[pool]\nsize = 2\nkind = 'no'", name="app.toml")
        .with_env("APP_")
        .with_env_vars({"APP_POOL_SIZE": "3"})
        .build()
    )
    error = refused(config, Model)
    assert [(code, path, origin) for code, path, origin, _ in told(error)] == [
        ("SC0106", "hosts[1]", "app.toml:1:13"),
        ("SC0106", "pool.kind", "app.toml:4:8"),
        ("SC0106", "pool.size", "variable APP_POOL_SIZE"),
        ("SC0101", "url", ""),
    ]
    assert error.problems[2].message == "must be even"
    assert error.problems[1].message.startswith("Input should be 'low' or 'high'; Input should be a valid integer")
    below = refused(config, Pool, path="pool")
    assert below.problems[-1].path == "pool.size" and "must be even" in below.render()


class Key(pydantic.BaseModel):
    password: str


@dataclass
class KeyData:
    password: str


class KeyDict(TypedDict):
    password: str


@pytest.mark.parametrize("model", [Key, KeyData, KeyDict, dict[str, str], dict[str, Literal["hunter2"]], None])
def test_a_secret_is_a_string_for_every_model(model):
    config = ConfigBuilder().with_text("[db]\npassword = 'hunter2'").with_secret("**.password").build()
    below = config.extract(model, path="db")
    password = below["password"] if isinstance(below, dict) else below.password
    assert password == "hunter2" and type(password) is str
    assert config.extract(dict[str, model or dict])["db"] == below
    assert config.extract(str, path="db.password") == "hunter2"


class Weighed(pydantic.BaseModel):
    weight: int = pydantic.Field(gt=0)


@dataclass
class Both:
    main: Weighed
    more: list[Weighed]
    named: dict[str, Weighed]
    none: Optional[Weighed]
    limit: Annotated[int, pydantic.Field(lt=10)]
    note: Annotated[str, "for people"] = ""


def test_models_of_pydantic_may_stand_anywhere():
    text = "main = { weight = 1 }\nmore = [{ weight = 2 }]\nnamed = { a = { weight = 3 } }\nnone = { weight = 4 }\nlimit = 5"
    config = ConfigBuilder().with_text(text).build()
    both = config.extract(Both)
    assert [one.weight for one in (both.main, *both.more, both.named["a"], both.none)] == [1, 2, 3, 4]
    assert config.extract(list[Weighed], path="more") == both.more
    assert config.extract(Optional[Weighed], path="none") == both.none
    assert config.extract(pydantic.TypeAdapter(Weighed), path="none") == both.none
    assert config.extract(pydantic.PositiveInt, path="limit") == 5


def test_what_they_refuse_is_told_with_its_place(toml):
    text = "main = { weight = 0 }\nmore = [{ weight = 2 }, {}]\nnamed = { a = { weight = 'x' } }\nlimit = 99\nnone = 1"
    assert [(path, origin) for _, path, origin, _ in told(refused(toml(text), Both))] == [
        ("main.weight", "app.toml:1:19"),
        ("more[1].weight", "app.toml:2:25"),
        ("named.a.weight", "app.toml:3:26"),
        ("limit", "app.toml:4:9"),
        ("none", "app.toml:5:8"),
    ]
    assert refused(toml(text), Annotated[int, pydantic.Field(gt=100)], path="limit").path == "limit"


def test_a_secret_is_not_told_by_a_model():
    class Model(pydantic.BaseModel):
        key: Literal["x"]

    @dataclass
    class Plain:
        key: int

    config = ConfigBuilder().with_text("key = 'hunter2'", name="app.toml").with_secret("key").build()
    for model in (Model, Plain):
        error = refused(config, model)
        assert "hunter2" not in error.render() + str(error) and error.path == "key"


def test_a_table_has_a_place_and_what_is_missing_has_advice():
    config = ConfigBuilder().with_text("[http]\nport = 80", name="app.toml").with_env("APP_").with_env_vars({}).build()

    class Strict(pydantic.BaseModel):
        http: int

    class Missing(pydantic.BaseModel):
        host: str

    assert "app.toml:1:1" in str(refused(config, Strict)) and "1 | [http]" in refused(config, Strict).render()
    missing = refused(config, Missing, path="http").problems[0]
    assert missing.help == ("set `host` under [http] in app.toml, or APP_HTTP__HOST",)


class Partial(TypedDict, total=False):
    port: int


Port = NewType("Port", int)


class Point(NamedTuple):
    x: int
    y: int = 0


@dataclass
class Given:
    x: int
    twice: InitVar[bool]

    def __post_init__(self, twice: bool) -> None:
        self.x *= 2 if twice else 1


@pytest.mark.parametrize(
    ("model", "value", "expected"),
    [
        (Any, [1], [1]),
        (Port, 1, 1),
        (Annotated[int, "x"], 1, 1),
        (float, 1, 1.0),
        (Optional[int], None, None),
        (Union[int, str], "1", "1"),
        (Union[str, int], 1, 1),
        (Literal["a", 1], 1, 1),
        (Level, "high", Level.HIGH),
        (Path, "x/y", Path("x/y")),
        (Decimal, "1.5", Decimal("1.5")),
        (Decimal, 3.14, Decimal("3.14")),
        (Fraction, 2, Fraction(2)),
        (Point, {"x": 1}, Point(1)),
        (Given, {"x": 1, "twice": True}, Given(2, False)),
        (bytes, "é", "é".encode()),
        (dt.timedelta, 1.5, dt.timedelta(seconds=1.5)),
        (dt.date, "2026-01-02", dt.date(2026, 1, 2)),
        (dict[str, list[int]], {"a": [1]}, {"a": [1]}),
        (Mapping[str, Any], {"a": 1}, {"a": 1}),
        (Sequence[int], [1], [1]),
        (tuple[int, str], [1, "a"], (1, "a")),
        (tuple[int, ...], [1, 2], (1, 2)),
        (set[int], [1, 1], {1}),
        (frozenset, ["a"], frozenset({"a"})),
        (Partial, {}, {}),
    ],
)
def test_annotations_are_read(model, value, expected):
    found = create_config({"x": value}).extract(model, path="x")
    assert found == expected and type(found) is type(expected)


@pytest.mark.parametrize(
    ("model", "value", "message"),
    [
        (int, True, "expected an integer, found the boolean True"),
        (bool, 1, "expected a boolean, found the integer 1"),
        (str, None, "expected a string, found null"),
        (float, "1", 'expected a number, found the string "1"'),
        (type(None), 1, "expected nothing, found the integer 1"),
        (list[int], {"a": 1}, "expected a list, found a table"),
        (dict[str, int], [1], "expected a table, found a list"),
        (tuple[int, int], [1], "expected a list of 2 items, found a list of 1 item"),
        (tuple[int], {"a": 1}, "expected a list of 1 item, found a table"),
        (Level, "x", "expected 'low' or 'high', found the string \"x\""),
        (Literal[1], True, "expected 1, found the boolean True"),
        (Union[int, bool], "x", 'expected an integer or a boolean, found the string "x"'),
        (dt.time, "x", 'expected a time, found the string "x"'),
        (Path, [1], "expected a string for `Path`, found a list"),
        (IPv4Address, 80, "expected a string for `IPv4Address`, found the integer 80"),
        (Decimal, "x", "`Decimal` refused it: it is no number"),
        (Point, [1, 2], "expected a table, found a list"),
        (Partial, 1, "expected a table, found the integer 1"),
    ],
)
def test_what_an_annotation_does_not_take_is_told(model, value, message):
    error = refused(create_config({"x": value}), model, path="x")
    assert (error.problems[0].message, error.path) == (message, "x")


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Required came with 3.11")
def test_typed_dicts_say_what_they_require():
    from typing import NotRequired, Required

    Mixed = TypedDict("Mixed", {"a": Required[int], "b": NotRequired[int]})
    assert create_config({"a": 1}).extract(Mixed) == {"a": 1}
    assert refused(create_config({"b": 1}), Mixed).code == "SC0101"


def test_what_is_no_type_is_a_mistake_of_the_program():
    with pytest.raises(TypeError, match="no type"):
        create_config({"x": 1}).extract(7)


async def test_models_are_filled_beside_an_event_loop(toml):
    assert (await toml(TEXT).extract_async(Http, path="http")).port == 80
    assert (await ConfigBuilder().with_text(TEXT).build_async())["name"] == "orders"
    assert (await ConfigBuilder().with_text(TEXT).extract_async(Http, path="http")).port == 80
    with pytest.raises(ConfigError):
        await toml(TEXT).extract_async(Server)


def test_secrets_of_a_schema_are_secrets_of_python():
    """By `writeOnly`, for the values as for what a model says, also above them."""

    class Database(pydantic.BaseModel):
        password: str

        @pydantic.model_validator(mode="after")
        def strong(self) -> Database:
            raise ValueError(f"weak: {self.password}")

    password = {"type": "string", "writeOnly": True}
    database = {"type": "object", "properties": {"password": password}}
    schema = {"type": "object", "properties": {"database": database}}
    text = "[database]\npassword = 'hunter2'"
    config = ConfigBuilder().with_schema(schema).with_text(text, name="app.toml").build()
    assert "hunter2" not in repr(config["database"]) and config["database"]["password"] == "hunter2"
    error = refused(config, Database, path="database")
    assert "hunter2" not in str(error) + error.render()
