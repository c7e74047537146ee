"""Reads cases of any age: plain dicts step by step to today's shape, then checked. Knows the case."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from ..errors import BadFile
from . import scan_lines
from .case import SCHEMA_VERSION, Case

DEEPEST = 40  # parts within parts; a real case has about eight
LARGEST = 50_000_000  # bytes of a case file; a real one is well under one million

NEWER = "This file comes from a newer workbook. Update this workbook, then load the file again."
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: scan_lines.upgraded}
"""For each past version, the function that turns its dict into the next one's.

A field that is only added needs none: a file without it opens, and the field has its default. A version is for what
moves, changes its meaning or goes away.
"""


def read(data: dict[str, Any]) -> Case:
    """A case from plain data of any version up to today's; BadFile if it is newer or does not fit."""
    version = data.get("schema_version")
    if type(version) is not int or version < 1:
        raise BadFile("This file is not a workbook file. Choose a file that was saved from a workbook.")
    if version > SCHEMA_VERSION:
        raise BadFile(NEWER)
    for old in range(version, SCHEMA_VERSION):
        data = UPGRADES[old](data)
    try:
        return Case.model_validate({**data, "schema_version": SCHEMA_VERSION})
    except ValidationError as error:
        if all(
            problem["type"] == "extra_forbidden" for problem in error.errors(include_url=False, include_input=False)
        ):
            raise BadFile(NEWER) from None  # a field that a later workbook added
        raise BadFile("Parts of this workbook file are damaged. Nothing was changed. Try an older copy.") from None
    except RecursionError:
        raise BadFile("Parts of this workbook file are damaged. Nothing was changed. Try an older copy.") from None


def current(data: dict[str, Any]) -> dict[str, Any]:
    """The same data where it has today's shape, else the data of the upgraded case."""
    return data if data.get("schema_version") == SCHEMA_VERSION else read(data).model_dump(mode="json")


def parse(content: bytes) -> Case:
    """A case from the bytes of a case file; BadFile, in one sentence, if it cannot be."""
    if len(content) > LARGEST:
        raise BadFile("This file is too large to be a workbook file. Choose a file that was saved from a workbook.")
    try:
        data = json.loads(content.decode("utf-8"))
        deep = _depth(data) > DEEPEST
        # Half a letter, which JSON can spell and UTF-8 cannot, would be refused wherever it is written later.
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadFile("This file cannot be read as a workbook file. It may be cut short or of another kind.") from None
    if deep:
        raise BadFile("Parts of this workbook file are damaged. Nothing was changed. Try an older copy.")
    if not isinstance(data, dict):
        raise BadFile("This file is not a workbook file. Choose a file that was saved from a workbook.")
    return read(data)


def _depth(data: Any) -> int:
    """How deep lists and dicts lie in each other, as far as it matters."""
    level, found = [data], 0
    while level and found <= DEEPEST:
        found += 1
        level = [
            x for one in level if isinstance(one, dict | list) for x in (one.values() if isinstance(one, dict) else one)
        ]
    return found


def dump(case: Case) -> bytes:
    """The bytes of a case file: open JSON, indented, in UTF-8."""
    return (json.dumps(case.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a case file."""
    return Case.model_json_schema()
