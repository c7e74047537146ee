"""Reads case files of any schema version: migrates plain dicts step by step, then validates. Knows the case."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from ..errors import BadFile
from ..json_depth import is_deeper
from . import scan_lines
from .case import SCHEMA_VERSION, Case

DEEPEST = 40  # nesting depth; a real case has about eight
_PARSED = 200  # nesting depth that every parser survives
LARGEST = 50_000_000  # bytes of a case file; a real one is well under one million

HAND_OVER, ANSWER = "workbook_hand_over", "workbook_answer"
"""The first keys of the two files of a hand-over between advocates; each has the version of its format."""

NEWER = "This file comes from a newer workbook. Update this workbook, then load the file again."
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: scan_lines.upgraded}
"""For each past version, the function that migrates its dict to the next version.

An added field needs no migration: old files open and the field gets its default. A new version is for fields that
move, change meaning or disappear.
"""


def read(data: dict[str, Any]) -> Case:
    """A case from plain data of any supported version; BadFile if it is newer or invalid."""
    version = data.get("schema_version")
    if HAND_OVER in data or ANSWER in data:
        raise BadFile("This file is for an advocate who hands a workbook over. Open it in the workbook on a computer.")
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
            raise BadFile(NEWER) from None  # a field added by a later workbook
        raise BadFile("Parts of this workbook file are damaged. Nothing was changed. Try an older copy.") from None
    except RecursionError:
        raise BadFile("Parts of this workbook file are damaged. Nothing was changed. Try an older copy.") from None


def current(data: dict[str, Any]) -> dict[str, Any]:
    """The data unchanged if it is current, else the data of the migrated case."""
    return data if data.get("schema_version") == SCHEMA_VERSION else read(data).model_dump(mode="json")


def parse(content: bytes) -> Case:
    """A case from the bytes of a case file; BadFile, with a one-sentence message, if they are invalid."""
    return read(plain(content))


def plain(content: bytes) -> dict[str, Any]:
    """The plain data of a case file, or of a hand-over; BadFile, with a one-sentence message, if it is no such file."""
    if len(content) > LARGEST:
        raise BadFile("This file is too large to be a workbook file. Choose a file that was saved from a workbook.")
    try:
        text = content.decode("utf-8")
        if is_deeper(text, _PARSED):
            raise ValueError
        data = json.loads(text)
        # A lone surrogate, which JSON can express and UTF-8 cannot, would fail wherever it is written later.
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except (UnicodeDecodeError, ValueError):
        raise BadFile("This file cannot be read as a workbook file. It may be cut short or of another kind.") from None
    if is_deeper(text, DEEPEST):
        raise BadFile("Parts of this workbook file are damaged. Nothing was changed. Try an older copy.")
    if not isinstance(data, dict):
        raise BadFile("This file is not a workbook file. Choose a file that was saved from a workbook.")
    return data


def dump(case: Case) -> bytes:
    """The bytes of a case file: indented JSON in UTF-8."""
    return (json.dumps(case.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a case file."""
    return Case.model_json_schema()
