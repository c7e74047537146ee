"""A mapping of a story that notices what nobody took, and the forms that YAML gives to values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any


class StoryError(ValueError):
    """A story that does not have the shape of a story; says where."""


class Box:
    """A mapping with its place in the story; a key is taken once, and `close` refuses what is left."""

    def __init__(self, data: Any, place: str) -> None:
        if data is not None and not isinstance(data, dict):
            raise StoryError(f"{place or 'the story'}: a mapping was expected here")
        self._left: dict[str, Any] = dict(data or {})
        self.place = place

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._left))

    def __bool__(self) -> bool:
        return bool(self._left)

    def raw(self, key: str) -> Any:
        """A value that stays for later."""
        return self._left.get(key)

    def take(self, key: str, default: Any = None) -> Any:
        """A value, which is then done."""
        return self._left.pop(key, default)

    def box(self, key: str) -> Box:
        """A mapping inside, empty where there is none."""
        return Box(self.take(key), self._at(key))

    def boxes(self, key: str) -> list[Box]:
        """A list of mappings inside."""
        found = self.take(key) or []
        if not isinstance(found, list):
            raise StoryError(f"{self._at(key)}: a list was expected here")
        return [Box(one, f"{self._at(key)}[{n}]") for n, one in enumerate(found, 1)]

    def close(self) -> None:
        """An error that names the first key nobody knows."""
        if self._left:
            raise StoryError(f"{self._at(next(iter(self._left)))}: a story has no such key")

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def day(value: Any) -> str | None:
    """A date or moment as text; None for nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def words(value: Any) -> str:
    """Any value as words; a list joined, yes and no as such."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(words(v) for v in value)
    return day(value) or "" if isinstance(value, dt.date) else str(value)


def listed(value: Any) -> list[Any]:
    """A list, whether one or several were given."""
    return [] if value is None else value if isinstance(value, list) else [value]


def yesno(value: Any) -> str | None:
    """yes, no or another code; None for nothing."""
    return None if value is None else words(value)


def plain(prefix: str, value: Any) -> str:
    """The value with words before it; nothing for nothing."""
    return f"{prefix}{words(value)}" if value is not None else ""
