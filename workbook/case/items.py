"""An ordered, frozen collection of entries with ids. Knows pydantic and nothing of ours."""

from __future__ import annotations

import secrets
from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Generic, TypeVar, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

_LETTERS = "abcdefghijkmnpqrstuvwxyz"  # no l or o: ids are sometimes read aloud
_SIGNS = _LETTERS + "23456789"


def new_id() -> str:
    """A random six-character id without meaning.

    >>> len(new_id()), new_id()[0].isalpha()
    (6, True)
    """
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(5))


class Items(Mapping[str, T], Generic[T]):
    """Entries by id, in the person's order; serialized to JSON as a list."""

    __slots__ = ("_by_id",)

    def __init__(self, items: Iterable[T] = ()) -> None:
        by_id: dict[str, T] = {}
        for item in items:
            key: str = item.id  # type: ignore[attr-defined]
            if key in by_id:
                raise ValueError("two items share the same id")
            by_id[key] = item
        self._by_id = by_id

    def __getitem__(self, key: str) -> T:
        return self._by_id[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    # A mapping asks for each entry by its key; rules and documents go through all of them again and again.

    def __contains__(self, key: object) -> bool:
        return key in self._by_id

    def keys(self) -> KeysView[str]:
        """The ids, in order."""
        return self._by_id.keys()

    def values(self) -> ValuesView[T]:
        """The items, in order."""
        return self._by_id.values()

    def items(self) -> ItemsView[str, T]:
        """Ids with their items, in order."""
        return self._by_id.items()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Items) and list(self.values()) == list(other.values())

    def __hash__(self) -> int:
        return hash(tuple(self._by_id))

    def __repr__(self) -> str:
        return f"Items({list(self._by_id)})"

    def with_item(self, item: T, before: str | None = None) -> Items[T]:
        """These items with this one replaced in place, or added last or before another."""
        key: str = item.id  # type: ignore[attr-defined]
        if key in self._by_id and before is None:
            return Items({**self._by_id, key: item}.values())
        rest = [(k, v) for k, v in self._by_id.items() if k != key]
        at = next((i for i, (k, _) in enumerate(rest) if k == before), len(rest))
        return Items(v for _, v in [*rest[:at], (key, item), *rest[at:]])

    def without(self, key: str) -> Items[T]:
        """These items without one; unchanged if it is not there."""
        return Items(v for k, v in self._by_id.items() if k != key)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (item,) = get_args(source)
        as_list = handler.generate_schema(list[item])  # type: ignore[valid-type]
        return core_schema.no_info_before_validator_function(
            lambda v: list(v.values()) if isinstance(v, Items) else v,
            core_schema.no_info_after_validator_function(cls, as_list),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda v: list(v.values()), return_schema=as_list
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema)
