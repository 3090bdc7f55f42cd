"""Values read as the types that annotations name: dataclasses, ``TypedDict``s, and what stands in them.

Pydantic reads what is pydantic's. In the rest nothing is guessed: a number is no string, a string is no number;
classes that read a string (paths, addresses, enums, ``Decimal``) get one.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import datetime
import decimal
import enum
import inspect
import numbers
import types
import typing
from typing import Any, NamedTuple, Union

from . import _pydantic

Step = Union[str, int]


class Refused(NamedTuple):
    """What a model does not take."""

    steps: tuple[Step, ...]
    is_missing: bool
    message: str


class _No(Exception):
    """A value was refused, and that is noted."""


def read(model: Any, value: Any, refused: list[Refused]) -> Any:
    """The value as the model; what is wrong with it is added to ``refused``."""
    try:
        return _Reader(refused).read(model, value, ())
    except _No:
        return None


_WRAPPERS = {typing.Annotated, typing.ClassVar, typing.Final}
for _name in ("Required", "NotRequired", "ReadOnly"):
    if hasattr(typing, _name):
        _WRAPPERS.add(getattr(typing, _name))

_KINDS: dict[type, str] = {
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    type(None): "nothing",
    datetime.datetime: "a date-time",
    datetime.date: "a date",
    datetime.time: "a time",
}


class _Reader:
    def __init__(self, refused: list[Refused]) -> None:
        self.refused = refused

    def no(self, steps: tuple[Step, ...], message: str, is_missing: bool = False) -> _No:
        self.refused.append(Refused(steps, is_missing, message))
        return _No()

    def expected(self, what: str, value: Any, steps: tuple[Step, ...]) -> _No:
        return self.no(steps, f"expected {what}, found {_found(value)}")

    def read(self, model: Any, value: Any, steps: tuple[Step, ...]) -> Any:
        while isinstance(model, typing.NewType):
            model = model.__supertype__
        if model is Any or model is object or isinstance(model, typing.TypeVar):
            return value
        if _pydantic.reads(model):
            return self.pydantic(model, value, steps)
        origin, arguments = typing.get_origin(model), typing.get_args(model)
        if origin in _WRAPPERS:
            return self.read(arguments[0], value, steps)
        if isinstance(model, dataclasses.InitVar):
            return self.read(model.type, value, steps)
        if origin is typing.Literal:
            if any(value == one and type(value) is type(one) for one in arguments):
                return value
            raise self.expected(_words(repr(one) for one in arguments), value, steps)
        if origin is Union or origin is types.UnionType:
            return self.union(arguments, value, steps)
        if typing.is_typeddict(model):
            return self.typed_dict(model, value, steps)
        if dataclasses.is_dataclass(model) and isinstance(model, type):
            return self.dataclass(model, value, steps)
        bare = origin or model
        if isinstance(bare, type):
            return self.instance(bare, arguments, value, steps)
        raise TypeError(f"{model!r} is no type that a configuration can be read as")

    def pydantic(self, model: Any, value: Any, steps: tuple[Step, ...]) -> Any:
        made, wrong = _pydantic.validate(model, value)
        self.refused += [Refused((*steps, *inner), is_missing, message) for inner, is_missing, message in wrong]
        if wrong:
            raise _No
        return made

    def union(self, models: tuple[Any, ...], value: Any, steps: tuple[Step, ...]) -> Any:
        rest = [model for model in models if model is not type(None)]
        if value is None and len(rest) < len(models):
            return None
        if len(rest) == 1:
            return self.read(rest[0], value, steps)
        # What the value is already comes before what it could be made.
        for model in sorted(rest, key=lambda model: model is not type(value)):
            try:
                return _Reader([]).read(model, value, steps)
            except _No:
                continue
        raise self.expected(_words(_name_of(model) for model in rest), value, steps)

    def typed_dict(self, model: Any, value: Any, steps: tuple[Step, ...]) -> dict[str, Any]:
        hints = typing.get_type_hints(model, include_extras=True)
        return self.fields(hints, model.__required_keys__, value, steps)

    def dataclass(self, model: type, value: Any, steps: tuple[Step, ...]) -> Any:
        if isinstance(value, model):
            return value
        hints = typing.get_type_hints(model, include_extras=True)
        fields = {field.name: field for field in dataclasses.fields(model) if field.init}
        # What only `__post_init__` gets is told apart from the others by its type alone.
        known: dict[str, dataclasses.Field[Any]] = model.__dataclass_fields__  # type: ignore[attr-defined]
        fields |= {name: known[name] for name, hint in hints.items() if isinstance(hint, dataclasses.InitVar)}
        required = {
            name
            for name, field in fields.items()
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        }
        given = self.fields({name: hints[name] for name in fields}, required, value, steps)
        return self.made(model, steps, **given)

    def named_tuple(self, model: Any, value: Any, steps: tuple[Step, ...]) -> Any:
        hints = typing.get_type_hints(model, include_extras=True)
        required = set(model._fields) - set(model._field_defaults)
        given = self.fields({name: hints.get(name, Any) for name in model._fields}, required, value, steps)
        return self.made(model, steps, **given)

    def fields(
        self, hints: dict[str, Any], required: collections.abc.Set[str], value: Any, steps: tuple[Step, ...]
    ) -> dict[str, Any]:
        if not isinstance(value, collections.abc.Mapping):
            raise self.expected("a table", value, steps)
        fields, failed = {}, None
        for name, model in hints.items():
            try:
                if name in value:
                    fields[name] = self.read(model, value[name], (*steps, name))
                elif name in required:
                    raise self.no((*steps, name), "", is_missing=True)
            except _No as no:
                # The other fields are looked at too.
                failed = no
        if failed is not None:
            raise failed
        return fields

    def instance(self, model: type, arguments: tuple[Any, ...], value: Any, steps: tuple[Step, ...]) -> Any:
        if model is type(None):
            if value is None:
                return None
            raise self.expected("nothing", value, steps)
        if model in (bool, int, str):
            if type(value) is model:
                return value
            raise self.expected(_KINDS[model], value, steps)
        if model is float:
            if type(value) in (int, float):
                return float(value)
            raise self.expected(_KINDS[float], value, steps)
        if issubclass(model, (bytes, bytearray)):
            if isinstance(value, str):
                return self.made(model, steps, value.encode())
            raise self.expected(_KINDS[str], value, steps)
        if model is dict or issubclass(model, collections.abc.Mapping):
            return self.mapping(arguments, value, steps)
        if issubclass(model, tuple) and arguments and arguments[-1] is not Ellipsis:
            return self.fixed(arguments, value, steps)
        if issubclass(model, tuple) and hasattr(model, "_fields"):
            return self.named_tuple(model, value, steps)
        if issubclass(model, collections.abc.Collection) and not issubclass(model, (str, enum.Enum)):
            return self.collection(model, arguments, value, steps)
        return self.other(model, value, steps)

    def mapping(self, arguments: tuple[Any, ...], value: Any, steps: tuple[Step, ...]) -> dict[Any, Any]:
        if not isinstance(value, collections.abc.Mapping):
            raise self.expected("a table", value, steps)
        of_keys, of_values = arguments or (Any, Any)
        keys = self.each(((key, of_keys, key) for key in value), steps)
        parts = self.each(((key, of_values, part) for key, part in value.items()), steps)
        return dict(zip(keys, parts))

    def fixed(self, arguments: tuple[Any, ...], value: Any, steps: tuple[Step, ...]) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.expected(_list_of(len(arguments)), value, steps)
        if len(value) != len(arguments):
            raise self.no(steps, f"expected {_list_of(len(arguments))}, found {_list_of(len(value))}")
        return tuple(self.each(zip(range(len(value)), arguments, value), steps))

    def collection(self, model: type, arguments: tuple[Any, ...], value: Any, steps: tuple[Step, ...]) -> Any:
        if not isinstance(value, list):
            raise self.expected("a list", value, steps)
        of_items = arguments[0] if arguments else Any
        items = self.each(((at, of_items, item) for at, item in enumerate(value)), steps)
        if inspect.isabstract(model):
            return set(items) if issubclass(model, collections.abc.Set) else items
        return items if model is list else self.made(model, steps, items)

    def each(
        self, parts: collections.abc.Iterable[tuple[Step, Any, Any]], steps: tuple[Step, ...]
    ) -> list[Any]:
        """The step, the model and the value of each part; all are looked at, whatever is wrong with one."""
        items, failed = [], None
        for step, model, value in parts:
            try:
                items.append(self.read(model, value, (*steps, step)))
            except _No as no:
                failed = no
        if failed is not None:
            raise failed
        return items

    def other(self, model: type, value: Any, steps: tuple[Step, ...]) -> Any:
        if isinstance(value, model) and not (model is datetime.date and isinstance(value, datetime.datetime)):
            return value
        if issubclass(model, enum.Enum):
            try:
                return model(value)
            except ValueError:
                raise self.expected(_words(repr(one.value) for one in model), value, steps) from None
        if issubclass(model, (datetime.datetime, datetime.date, datetime.time)):
            if isinstance(value, str):
                try:
                    return model.fromisoformat(value)
                except ValueError:
                    pass
            raise self.expected(_KINDS[model], value, steps)
        if issubclass(model, datetime.timedelta):
            if type(value) in (int, float):
                return self.made(model, steps, seconds=value)
            raise self.expected("a number of seconds", value, steps)
        if issubclass(model, numbers.Number) and type(value) in (int, float):
            # As it is written: `Decimal` would show how a float is stored.
            return self.made(model, steps, repr(value))
        if not isinstance(value, str):
            raise self.expected(f"a string for `{model.__qualname__}`", value, steps)
        return self.made(model, steps, value)

    def made(self, model: type, steps: tuple[Step, ...], *arguments: Any, **named: Any) -> Any:
        """What a class makes of it; what it says is told."""
        try:
            return model(*arguments, **named)
        except decimal.InvalidOperation:
            # What it says is the name of a class.
            message = "it is no number"
        except (ValueError, TypeError, ArithmeticError, AttributeError, LookupError) as error:
            message = f"{error}" or type(error).__name__
        raise self.no(steps, f"`{model.__qualname__}` refused it: {message}")


def _found(value: Any) -> str:
    kind = _KINDS.get(type(value))
    if isinstance(value, str):
        return f'the string "{value}"'
    if kind is not None and value is not None:
        return f"{kind.replace('a ', 'the ', 1).replace('an ', 'the ', 1)} {value}"
    if value is None:
        return "null"
    return "a list" if isinstance(value, list) else "a table"


def _list_of(items: int) -> str:
    return f"a list of {items} item{'' if items == 1 else 's'}"


def _name_of(model: Any) -> str:
    return _KINDS.get(model) or f"`{getattr(model, '__qualname__', model)}`"


def _words(words: collections.abc.Iterable[str]) -> str:
    *init, last = words
    return f"{', '.join(init)} or {last}" if init else last
