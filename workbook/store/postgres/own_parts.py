"""Divides a case into what all who see it share and what one person noted for themselves. Plain JSON values only.

A note "only for me" is stored apart from the case, by person. So it does not travel with a hand-over, and a client
who opens the workbook never gets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...case.diff import Delta, steps_of
from ..base import Body

_LISTS = ("notes",)
_ORDER = " in order"
_ONLY_FOR_ME = "advocate_private"
_BY_PATH = ("facts", "drafts", "skipped")  # what a case keeps by path


def _is_own(entry: Any) -> bool:
    return isinstance(entry, dict) and (entry.get("visibility", _ONLY_FOR_ME) == _ONLY_FOR_ME)


def own_ids(body: Body) -> frozenset[str]:
    """The ids of the entries that are only for the one who wrote them."""
    entries = (entry for name in _LISTS for entry in body.get(name) or () if _is_own(entry))
    return frozenset(str(entry.get("id")) for entry in entries)


def all_but(shared: Body, deltas: Iterable[Delta]) -> frozenset[str]:
    """The ids of the entries in these deltas that are not shared now: some may be gone, and have been private."""
    now = {str(entry.get("id")) for name in _LISTS for entry in shared.get(name) or ()}
    found = set()
    for delta in deltas:
        steps = steps_of(delta["path"])
        if steps[0] in _BY_PATH and len(steps) > 1:
            steps = steps[1].split(".")
        if steps[0] in _LISTS and len(steps) > 1:
            found.add(steps[1].removesuffix("?"))
    return frozenset(found - now)


def divided(body: Body) -> tuple[Body, Body]:
    """What is shared, and what is the writer's own; the second is {} if there is nothing."""
    ids = own_ids(body)
    if not ids:
        return body, {}
    shared, own = dict(body), dict[str, Any]()
    for name in _LISTS:
        own[name] = [entry for entry in body.get(name) or () if _is_own(entry)]
        own[name + _ORDER] = [entry.get("id") for entry in body.get(name) or ()]
        shared[name] = [entry for entry in body.get(name) or () if not _is_own(entry)]
    for name in _BY_PATH:
        kept = body.get(name) or {}
        mine = {path: value for path, value in kept.items() if is_about(path.split("."), ids)}
        if mine:
            own[name] = mine
            shared[name] = {path: value for path, value in kept.items() if path not in mine}
    return shared, own


def joined(shared: Body, own: Body) -> Body:
    """The case as its writer sees it."""
    if not own:
        return shared
    body = dict(shared)
    for name in _LISTS:
        place = {key: at for at, key in enumerate(own.get(name + _ORDER) or ())}
        both = [*(shared.get(name) or ()), *(own.get(name) or ())]
        body[name] = sorted(both, key=lambda entry: place.get(entry.get("id"), len(place)))
    for name in _BY_PATH:
        if own.get(name):
            body[name] = {**(shared.get(name) or {}), **own[name]}
    return body


def is_about(steps: Iterable[str], ids: frozenset[str]) -> bool:
    """Whether a path leads to one of these entries."""
    first, second, *_ = *steps, "", ""
    return first in _LISTS and second.removesuffix("?") in ids


def parted(deltas: list[Delta], ids: frozenset[str]) -> tuple[list[Delta], list[Delta]]:
    """The deltas that all may see, and those about these entries. An order of the list names ids and nothing more."""
    own = [d for d in deltas if _leads_to(d, ids)]
    return [d for d in deltas if d not in own], own


def _leads_to(delta: Delta, ids: frozenset[str]) -> bool:
    steps = steps_of(delta["path"])
    if steps[0] in _BY_PATH and len(steps) > 1:
        steps = steps[1].split(".")
    return is_about(steps, ids)
