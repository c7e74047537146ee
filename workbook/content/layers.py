"""Reads the files of the packs: a practice's entries over the shipped ones. Knows TOML and errors; no case.

A pack is a TOML file of `[[entry]]` tables, each with an `id`. The shipped packs are in `workbook/packs`; a practice
adds its own folder through `WORKBOOK_PACKS`: an entry with a known id overrides fields of the shipped one,
`hide = true` removes it, `after = "id"` positions it, and a new id adds one.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .. import locale
from ..errors import BadFile

SHIPPED = Path(__file__).parents[1] / "packs"
M = TypeVar("M", bound=BaseModel)
HEADS = {"letters": ("letter",), "conditions": ("condition",)}
"""The tables that files of a folder have besides their entries."""
_CONTROL = ("hide", "after")


def read_entries(model: type[M], file: str, practice: str) -> list[M]:
    """The validated entries of one pack file, with the practice's layer applied to the shipped one."""
    return [checked(model, entry, file) for entry in layered(file, practice)]


def spoken(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with its texts in the current language."""
    words = {k: locale.tr(v) for k, v in entry.items() if k in ("title", "text", "note") and isinstance(v, str)}
    lines = {"lines": [locale.tr(line) for line in entry["lines"]]} if "lines" in entry else {}
    return {**entry, **words, **lines}


def item_fields(entry: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry of a list, in the current language, without what only the packs know."""
    return {key: value for key, value in spoken(entry).items() if key not in ("list", "called", "once")}


def practice_folder() -> str:
    """The practice's own folder of packs; "" if there is none."""
    return os.environ.get("WORKBOOK_PACKS", "")


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
    if set(data) - {"entry", *HEADS.get(file.parent.name, ())} or not isinstance(found, list):
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
