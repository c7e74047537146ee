"""A mapping of a story that detects unused keys, and the forms that YAML gives to values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from workbook.case import Case


class StoryError(ValueError):
    """A story with an invalid schema; says where."""


class Box:
    """A mapping with its position in the story; a key is taken once, and `close` rejects what is left."""

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
        """A value to process later."""
        return self._left.get(key)

    def take(self, key: str, default: Any = None) -> Any:
        """A value, marked as processed."""
        return self._left.pop(key, default)

    def box(self, key: str) -> Box:
        """A nested mapping, empty if there is none."""
        return Box(self.take(key), self._at(key))

    def boxes(self, key: str) -> list[Box]:
        """A list of mappings inside."""
        found = self.take(key) or []
        if not isinstance(found, list):
            raise StoryError(f"{self._at(key)}: a list was expected here")
        return [Box(one, f"{self._at(key)}[{n}]") for n, one in enumerate(found, 1)]

    def close(self) -> None:
        """An error that names the first unknown key."""
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
    """The value with a prefix; "" for nothing."""
    return f"{prefix}{words(value)}" if value is not None else ""


def slug(value: Any, otherwise: str) -> str:
    """An id of the story in the case's format: `A5` becomes `a5`; another one if it has none."""
    made = re.sub(r"[^a-z0-9]+", "-", words(value).lower()).strip("-")
    return made[:40] if made[:1].isalpha() else f"{otherwise}-{made}".strip("-")[:40]


def kept(box: Box, *keys: str, prefix: str = "") -> dict[str, dict[str, Any]]:
    """What a case has no field for, as private user-defined answers."""
    found = {key: words(box.take(key)) for key in keys}
    return {
        (prefix + key).replace(" ", "_"): {"words": prefix + key.replace("_", " "), "value": value, "private": True}
        for key, value in found.items()
        if value
    }


def fitted(kind: type[Case], data: dict[str, Any]) -> Case:
    """The case; a value that is invalid for its field becomes a draft at its path, as on a page."""
    drafts: dict[str, str] = {}
    for _ in range(2):
        try:
            return kind.model_validate({**data, "drafts": drafts})
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_context=False):
                _set_aside(data, problem["loc"], drafts)
    raise StoryError("the story: parts of it do not fit together")


def _set_aside(data: Any, place: tuple[int | str, ...], drafts: dict[str, str]) -> None:
    """Moves the value at the path from the data to the drafts."""
    steps: list[str] = []
    node = data
    for step in place[:-1]:
        node = node[step]
        steps.append(node.get("id", str(step)) if isinstance(step, int) else step)
    last = place[-1]
    path = ".".join([*steps, str(last)])
    if not isinstance(node, dict) or last not in node or isinstance(node[last], dict):
        raise StoryError(f"{path}: this does not fit")
    drafts[path] = words(node.pop(last))
