"""Converts case values to plain data, and tests for empty answers. Knows the base classes of a case."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from .items import Items
from .model import CaseModel, Item, Own


def to_plain(value: Any) -> Any:
    """The value as JSON-compatible data: text, numbers, lists and dicts only.

    >>> to_plain((Decimal("1.50"), "x"))
    ['1.50', 'x']
    """
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Items):
        return [to_plain(v) for v in value.values()]
    if isinstance(value, Mapping):
        return {k: to_plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(v) for v in value]
    if isinstance(value, enum.Enum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def is_blank(item: Item) -> bool:
    """Whether an entry has no answer at all: someone added it and wrote nothing yet."""
    return item == type(item)(id=item.id)


def is_empty(value: Any) -> bool:
    """Whether this is not an answer: None, blank text, an unchecked box, a group without a filled field.

    Zero and "unknown" are answers.

    >>> is_empty(""), is_empty([]), is_empty(False), is_empty(0)
    (True, True, True, False)
    """
    if isinstance(value, Own):
        return is_empty(value.value)
    if isinstance(value, CaseModel):
        return value == type(value)()
    return value is None or value is False or (isinstance(value, str | tuple | list | Mapping) and not value)
