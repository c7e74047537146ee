"""Migrates the text lines in which version 1 stored the scans of a disc. Knows its wording, and dates.

A line was `CT, belly (abdomen), 2026-11-03: 3 images` or `MRI (MR), 2026-10-14`: the label of the modality with its
code, the body part, the date in storage format. Any other line was typed by a person and stays text.
"""

from __future__ import annotations

import re
from typing import Any

from .partial_dates import check_day

_NAMED = re.compile(r"(?:([^,]+) \()?([A-Z]{2,8}(?:/[A-Z]{2,8})*)\)?")
_KINDS = ("mammogram", "ultrasound", "mri", "ct", "x-ray", "nuclear scan (such as pet)")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_COUNTED = re.compile(r"(.+): (\d{1,7}) images?(?:\. (\S.*))?")


def upgraded(data: dict[str, Any]) -> dict[str, Any]:
    """A version 1 case with the scans of its discs as entries."""
    records = data.get("records")
    media = records.get("media") if isinstance(records, dict) else None
    if not isinstance(records, dict) or not isinstance(media, list):
        return data
    return {**data, "records": {**records, "media": [_medium(one) if isinstance(one, dict) else one for one in media]}}


def migrated(delta: dict[str, Any]) -> dict[str, Any] | None:
    """A change in the history as of today's version; None if undoing it would bring back lines that are entries now."""
    steps = str(delta["path"]).split(".")
    if steps[:2] != ["records", "media"]:
        return delta
    sides = {side: delta[side] for side in ("before", "after") if side in delta}
    if any(isinstance(value, str) and _medium({steps[-1]: value}) != {steps[-1]: value} for value in sides.values()):
        return None
    return {**delta, **{side: _medium(value) for side, value in sides.items() if isinstance(value, dict)}}


def _medium(medium: dict[str, Any]) -> dict[str, Any]:
    made = dict(medium)
    for text, entries in (("found", "scans"), ("missing", "scans_missing")):
        held = medium.get(text)
        lines = held.split("\n") if isinstance(held, str) else []
        scans = [(line, _scan(line)) for line in lines]
        if any(scan for _, scan in scans):
            made[entries] = [scan for _, scan in scans if scan]
            made[text] = "\n".join(line for line, scan in scans if not scan)
    return made


def _scan(line: str) -> dict[str, Any] | None:
    """The entry for a line the program wrote; None for any other line."""
    counted = _COUNTED.fullmatch(line)
    first, *others = (counted[1] if counted else line).split(", ")
    named = _NAMED.fullmatch(first)
    day = others.pop() if others and _DAY.fullmatch(others[-1]) else ""
    body = ", ".join(others)
    if not named or not (counted or day) or body != body.casefold() or (day and not _is_day(day)):
        return None
    if bool(named[1]) != first.endswith(")") or (named[1] and not _is_ours(named[1])):
        return None
    scan: dict[str, Any] = {"modality": named[2], "on": day, "body_part": body}
    return {**scan, "images": int(counted[2]), "lacks": counted[3] or ""} if counted else scan


def _is_ours(words: str) -> bool:
    """Whether these are version 1's labels for modalities rather than a person's words."""
    return all(kind in _KINDS for kind in words.casefold().split(" / "))


def _is_day(text: str) -> bool:
    try:
        return check_day(text) == text
    except ValueError:
        return False
