"""What pydantic reads: its models, wherever they stand in a type, and what its annotations ask for."""

from __future__ import annotations

import importlib.util
import typing
from typing import Any

if typing.TYPE_CHECKING:
    from ._models import Step

# Whose metadata in `Annotated` pydantic reads.
_OF_PYDANTIC = {"pydantic", "pydantic_core", "annotated_types"}


def reads(model: Any) -> bool:
    """Whether pydantic has to read this type itself."""
    if hasattr(model, "__pydantic_validator__") or hasattr(model, "__get_pydantic_core_schema__"):
        return True
    if hasattr(model, "validate_python"):
        # A `TypeAdapter`.
        return True
    if typing.get_origin(model) is not typing.Annotated:
        return False
    return any(map(_is_of_pydantic, model.__metadata__)) and importlib.util.find_spec("pydantic") is not None


def _is_of_pydantic(metadata: Any) -> bool:
    module = type(metadata).__module__.partition(".")[0]
    return module in _OF_PYDANTIC or hasattr(metadata, "__get_pydantic_core_schema__")


def validate(model: Any, value: Any) -> tuple[Any, list[tuple[tuple[Step, ...], bool, str]]]:
    """The value as the model, or what is wrong with it: where, whether it is missing, and why."""
    from pydantic import TypeAdapter, ValidationError

    try:
        if hasattr(model, "model_validate"):
            return model.model_validate(value), []
        adapter = model if hasattr(model, "validate_python") else TypeAdapter(model)
        return adapter.validate_python(value), []
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False, include_input=False)
    # The exception itself has the values in it.
    return None, [
        (tuple(one["loc"]), one["type"] == "missing", one["msg"].removeprefix("Value error, ")) for one in told
    ]
