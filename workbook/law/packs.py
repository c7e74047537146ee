"""Loads the dated facts from the packs, with a practice's own on top of the shipped ones. Knows the packs; no day.

A practice changes a fact by its id, or adds a version of it: a new id with `version_of` and `valid_from`. The
version inherits what it does not set, except what applies to one version only: its days, its value and where that
was read.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

from ..content import SHIPPED, checked, layered
from ..errors import BadFile
from .dated_fact import DatedFact
from .facts import Facts

_TAKEN_OVER = ("statement", "unit", "figures", "applies_to", "changes", "clock", "start", "presumed_after", "roll")
_GONE = ("jurisdiction",)  # fields no longer used; a practice's pack may still set them
_RENAMED = {"mark": "grade"}  # a practice's pack may still use the former name; it counts, for it was set on purpose
_OWN_FIGURE = "A practice changed the value."


def load() -> Facts:
    """All facts; BadFile for a pack that is unreadable or whose versions overlap or leave a gap."""
    return _load(os.environ.get("WORKBOOK_PACKS", ""))


@functools.cache
def _load(practice: str) -> Facts:
    roots = [SHIPPED, *([Path(practice)] if practice else [])]
    names = sorted({f.name for root in roots for f in (root / "facts").glob("*.toml")})
    files = {entry["id"]: (f"facts/{n}", entry) for n in names for entry in _entries(f"facts/{n}", practice)}
    entries = {key: entry for key, (_, entry) in files.items()}
    return Facts(checked(DatedFact, _whole(entry, entries), file) for file, entry in files.values())


def _entries(file: str, practice: str) -> list[dict[str, Any]]:
    """The entries of a file; if a practice changed a value, the old quote no longer supports it and is dropped."""
    shipped = {entry["id"]: entry for entry in layered(file, "")}
    found = []
    for entry in layered(file, practice):
        entry = {key: value for key, value in entry.items() if key not in _GONE}
        for former, name in _RENAMED.items():
            if former in entry:
                entry[name] = entry.pop(former)
        before = shipped.get(entry["id"], {})
        is_old_quote = before and entry.get("quote", "") == before.get("quote", "")
        if is_old_quote and entry.get("value") != before.get("value"):
            entry = {**entry, "quote": "", "quote_missing": _OWN_FIGURE}
        found.append(entry)
    return found


def _whole(entry: dict[str, Any], entries: dict[str, dict[str, Any]], seen: tuple[str, ...] = ()) -> dict[str, Any]:
    """An entry with what it inherits from the version before; `version_of` then names the first version."""
    before = entry.get("version_of")
    if not before:
        return entry
    if before not in entries or before in (*seen, entry["id"]):
        raise BadFile(f'facts: "{entry["id"]}" is a version of "{before}", which is not another fact.')
    first = _whole(entries[before], entries, (*seen, entry["id"]))
    taken = {key: first[key] for key in _TAKEN_OVER if key in first}
    return {**taken, **entry, "version_of": first.get("version_of") or before}
