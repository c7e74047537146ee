"""Reads the packs: layered TOML files of texts and lists. Knows the case; no widgets, no clock.

A pack is a TOML file of `[[entry]]` tables, each with an `id`. The shipped packs are next to this file; a practice
adds its own folder through `WORKBOOK_PACKS`: an entry with a known id overrides fields of the shipped one,
`hide = true` removes it, `after = "id"` positions it, and a new id adds one.
"""

from __future__ import annotations

import difflib
import functools
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from . import locale
from .case import Item, item_type
from .errors import BadFile

SHIPPED = Path(__file__).parent / "packs"
M = TypeVar("M", bound=BaseModel)
_CONTROL = ("hide", "after")
_SLOT = re.compile(r"\{(caller|visit|last_day|rep)\}")


class Passage(BaseModel):
    """A text of the workbook: a script to read aloud, an answer to a common question, a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""
    note: str = ""
    asks: str = ""  # the list of questions to read aloud after it: a file in `calls/`
    fills: str = ""  # what fills the blank in it: "caller", or a question of a list such as "insurance.calls.reference"


def seeds(path: str) -> tuple[Item, ...]:
    """The entries that every new case starts with in the list at this path, such as `records.items`; usually none."""
    return _seeds(path, _practice(), locale.language())


def passage(key: str) -> Passage:
    """The passage with this id; BadFile, suggesting similar ids, if no pack has it."""
    found = passages().get(key)
    if found is None:
        near = difflib.get_close_matches(key, passages(), 1)
        raise BadFile(f'No pack has a text called "{key}".' + (f' Did you mean "{near[0]}"?' if near else ""))
    return found


def passages(group: str | None = None) -> dict[str, Passage]:
    """All passages by id, or those of one file (`script`, `help`, `faq`, `source`), in order."""
    return _passages(group or "*", _practice(), locale.language())


def read_entries(model: type[M], file: str, practice: str) -> list[M]:
    """The validated entries of one pack file, with the practice's layer applied to the shipped one."""
    return [checked(model, entry, file) for entry in layered(file, practice)]


def _spoken(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with its texts in the current language."""
    words = {k: locale.tr(v) for k, v in entry.items() if k in ("title", "text", "note") and isinstance(v, str)}
    lines = {"lines": [locale.tr(line) for line in entry["lines"]]} if "lines" in entry else {}
    return {**entry, **words, **lines}


def with_values(lines: Iterable[str], values: Mapping[str, str]) -> list[str]:
    """The lines with these values in their slots; a line with a slot that has no value is left out.

    >>> with_values(["Hello.", "My name is {caller}.", "I spoke with {rep}."], {"caller": "Ana O."})
    ['Hello.', 'My name is Ana O.']
    """
    made = []
    for line in lines:
        slots = _SLOT.findall(line)
        if all(values.get(slot) for slot in slots):
            text = _SLOT.sub(lambda slot: values[slot[1]], line)
            made.append(f"{text[:-2]}." if slots and text.endswith("..") else text)
    return made


def _practice() -> str:
    return os.environ.get("WORKBOOK_PACKS", "")


@functools.cache
def _seeds(path: str, practice: str, language: str) -> tuple[Item, ...]:
    file = f"seeds/{path}.toml"
    return tuple(checked(item_type(path), _spoken(entry), file) for entry in layered(file, practice))


@functools.cache
def _passages(group: str, practice: str, language: str) -> dict[str, Passage]:
    roots = [SHIPPED, *([Path(practice)] if practice else [])]
    names = sorted({f.name for root in roots for f in (root / "texts").glob(f"{group}.toml")})
    made = [checked(Passage, _spoken(e), f"texts/{n}") for n in names for e in layered(f"texts/{n}", practice)]
    return {p.id: p for p in made}


def layered(file: str, practice: str) -> list[dict[str, Any]]:
    """The raw entries of one pack file, with the practice's layer applied to the shipped one."""
    entries: dict[str, dict[str, Any]] = {}
    for root in [SHIPPED, *([Path(practice)] if practice else [])]:
        for number, entry in enumerate(_entries(root / file), 1):
            if "id" not in entry:
                raise BadFile(f"{file}: entry {number} has no id. Give it one.")
            merged = {**entries.pop(entry["id"], {}), **entry} if "after" in entry else None
            if merged is None:
                entries[entry["id"]] = {**entries.get(entry["id"], {}), **entry}
            else:
                entries = _placed(entries, merged)
    return [{k: v for k, v in e.items() if k not in _CONTROL} for e in entries.values() if not e.get("hide")]


def _placed(entries: dict[str, dict[str, Any]], entry: dict[str, Any]) -> dict[str, dict[str, Any]]:
    placed: dict[str, dict[str, Any]] = {}
    for key, value in entries.items():
        placed[key] = value
        if key == entry["after"]:
            placed[entry["id"]] = entry
    return {**placed, entry["id"]: placed.get(entry["id"], entry)}


def _entries(file: Path) -> list[dict[str, Any]]:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(f"{file.parent.name}/{file.name} cannot be read: {error}.") from None
    found = data.get("entry", [])
    if set(data) - {"entry", *(("letter",) if file.parent.name == "letters" else ())} or not isinstance(found, list):
        raise BadFile(f"{file.parent.name}/{file.name}: a pack may contain only [[entry]] tables.")
    return found


def checked(model: type[M], entry: dict[str, Any], file: str) -> M:
    """The entry as the model; BadFile that names the invalid field."""
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "?"
        near = difflib.get_close_matches(field, model.model_fields, 1)
        hint = f'; did you mean "{near[0]}"?' if near and near[0] != field else ""
        raise BadFile(f'{file}: entry "{entry["id"]}", field "{field}": {first["msg"]}{hint}') from None
