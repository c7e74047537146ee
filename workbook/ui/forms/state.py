"""The values, drafts and names a form shows, read from a session in one pass. Knows the case; no widgets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Protocol

from ...case import (
    Case,
    CaseModel,
    Choice,
    Item,
    Items,
    Own,
    get,
    is_blank,
    is_empty,
    label,
    put,
    title_of,
    to_plain,
    words_for,
)
from ...case.plan import CoverageAnswer
from ...case.records import RecordItem
from ...content import is_ready_made
from ...errors import BadPath, BadValue
from ...locale import tr
from ...locale.dates import show_day
from ..answers import in_words
from ..asking import catalog
from ..asking.asked_now import through, watched
from ..asking.catalog import PRIVACY
from ..asking.fields import Ask, Done, Each, Grid, Mark, asks, grids, lists


class Shows(Protocol):
    """What a form needs from a session."""

    @property
    def case(self) -> Case: ...

    def shown(self, path: str) -> Items[Any]: ...


def as_shown(value: Any) -> Any:
    """The value as a form shows it: for a user-defined question only the answer, None for empty values."""
    if isinstance(value, Own):
        return as_shown(value.value)
    if isinstance(value, CaseModel):
        return None if is_empty(value) else {k: as_shown(v) for k, v in value}
    return None if value == "" else to_plain(value)


def values(marks: Sequence[Mark], session: Shows) -> dict[str, Any]:
    """Every value by its full path; a list as the ids of its entries, and its entries as their filled values."""
    case = session.case
    found: dict[str, Any] = {}
    for path, _ in _ways(marks, ""):
        found[path] = as_shown(at(case, path))
    for mark in marks:
        if isinstance(mark, Done):
            found[mark.path] = at(case, mark.path)
            if mark.about:
                found[mark.started] = bool(found[mark.path]) or started(case, mark.about)
    for path in watched_paths(marks):
        value = at(case, path)
        found.setdefault(path, list(session.shown(path)) if isinstance(value, Items) else as_shown(value))
    for listed, part in through(marks):
        for key, item in session.shown(listed).items():
            found[f"{listed}.{key}.{part}"] = as_shown(walk(item, [part]))
    for mark in lists(marks):
        extra = {*PRIVACY, *(one.path for one in watched(mark.fields, mark.path) if one.entry)}
        asked = _ways(mark.fields, mark.path)
        steps = [*asked, *((n, n.split(".")) for n in sorted(extra - {path for path, _ in asked}))]
        items = session.shown(mark.path)
        found[mark.path] = list(items)
        for key, item in items.items():
            start = f"{mark.path}.{key}."
            for path, way in steps:
                value = as_shown(walk(item, way))
                if value not in (None, [], False):
                    found[start + path] = value
    for grid in grids(marks):
        for row, cells in get(case, grid.value).items():
            for column, cell in cells.items():
                found[f"{grid.value}.{row}.{column}.how"] = as_shown(cell.how)
    return found


def watched_paths(marks: Sequence[Mark]) -> set[str]:
    """The answers that a form needs only because a `when` asks about them."""
    return {one.path for one in watched(marks) if not one.entry}


def _ways(marks: Sequence[Mark], listed: str) -> list[tuple[str, list[str]]]:
    """The paths to read, each split into steps; an answer of the plan is three values."""
    found = []
    for one in asks(marks):
        parts = (
            [f"{one.path}.{n}" for n in CoverageAnswer.model_fields]
            if one.seen(listed).kind == "answer"
            else [one.path]
        )
        found += [(p, p.split(".")) for p in parts]
    return found


def answered(case: Case, one: Ask) -> bool:
    """Whether a top-level question has an answer."""
    return not is_empty(at(case, one.path))


def started(case: Case, marks: Sequence[Mark]) -> bool:
    """Whether anything was entered: an untouched shipped entry is not an answer, and neither is an empty card."""
    return (
        any(answered(case, one) for one in asks(marks))
        or any(not is_blank(item) for mark in lists(marks) for item in stored(case, mark.path).values())
        or any(get(case, grid.value) for grid in grids(marks))
    )


def to_hide(marks: Sequence[Mark], case: Case) -> dict[str, Own]:
    """Answers to user-defined questions that are private on this page, or for other readers than when answered."""
    places: list[tuple[str, Sequence[Mark], dict[str, Own]]] = [("", marks, case.own)]
    for mark in lists(marks):
        places += [(f"{mark.path}.{key}.", mark.fields, item.own) for key, item in stored(case, mark.path).items()]
    found = {}
    for start, fields, own in places:
        for one in asks(fields):
            held = own.get(one.path.removeprefix("own.")) if one.own else None
            if held is None:
                continue
            changed = {"private": held.private or one.private, "readers": one.readers}
            if (held.private, held.readers) != (changed["private"], one.readers):
                found[start + one.path] = held.model_copy(update=changed)
    return found


def drafts(marks: Sequence[Mark], case: Case) -> dict[str, dict[str, str]]:
    """Text that is invalid for its field, with the reason."""
    return {
        path: {"text": text, "problem": _problem(case, path, text)}
        for path, text in case.drafts.items()
        if _asked(marks, path)
    }


def provenance(marks: Sequence[Mark], case: Case) -> dict[str, dict[str, Any]]:
    """Who stated the values of this form, when, and how it is known."""
    return {
        path: {k: as_shown(v) for k, v in origin} for path, origin in case.provenance.items() if _asked(marks, path)
    }


def targets(marks: Sequence[Mark]) -> set[str]:
    """The lists that questions of these fields choose from."""
    found = {w.target for a in asks(marks) if (w := a.seen()).target}
    for mark in lists(marks):
        found |= {w.target for a in asks(mark.fields) if (w := a.seen(mark.path)).target}
    return found


def options(paths: set[str], session: Shows) -> dict[str, list[list[str]]]:
    """The entries of these lists as options: id and name."""
    return {
        path: [[key, _choice_of(session.case, path, item)] for key, item in session.shown(path).items()]
        for path in sorted(paths)
    }


def _choice_of(case: Case, path: str, item: Item) -> str:
    """The name of an entry to choose; of a record, also the scan, if its title does not say, and if it is here."""
    name = name_of(case, item)
    if not isinstance(item, RecordItem):
        return name
    scan = [item.modality, item.body_part, show_day(item.service_date, short=True)]
    more = scan if is_ready_made(path, item) else []
    here = tr("already here") if item.is_here else ""
    return ", ".join(part for part in (name, *more, here) if part)


def name_of(case: Case, item: Item) -> str:
    """The display name of an entry: its title, with codes and ids resolved."""
    first = next((n for n in item.TITLE if getattr(item, n)), None)
    if first is None:
        return _capital(tr(item.NOUN))
    words, value = words_for(type(item), first), getattr(item, first)
    if words and words.target:
        return label(case, words.target, value) or _capital(tr(item.NOUN))
    if words and words.kind in ("date", "moment"):
        return show_day(value)
    return tr(title_of(item)) if isinstance(value, Choice) else title_of(item)


def scan_names(marks: Sequence[Mark], session: Shows) -> dict[str, str]:
    """The text for each scan that a form lists, by its values as the page's JSON."""
    found: dict[str, str] = {}
    for mark in lists(marks):
        ways = [(w, one.path) for one in asks(mark.fields) if (w := one.seen(mark.path)).kind == "scans"]
        for item in session.shown(mark.path).values() if ways else ():
            for words, name in ways:
                for scan in getattr(item, name):
                    key = json.dumps(to_plain(scan), ensure_ascii=False, separators=(",", ":"))
                    found[key] = in_words(session.case, words, scan)
    return found


def columns(grid: Grid, session: Shows) -> list[list[str]]:
    """The columns of a grid as clinicians; a list of opinions means the clinicians who gave them."""
    seen: dict[str, str] = {}
    for key, item in session.shown(grid.columns).items():
        who = getattr(item, "clinician", key)
        if who:
            seen.setdefault(who, label(session.case, "clinicians", who) or name_of(session.case, item))
    return [[key, name] for key, name in seen.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _asked(marks: Sequence[Mark], path: str) -> bool:
    if any(path == a.path or path.startswith(a.path + ".") for a in asks(marks)):
        return True
    return any(path.startswith(m.path + ".") for m in lists(marks))


def _problem(case: Case, path: str, text: str) -> str:
    try:
        put(case, path, text)
    except (BadValue, BadPath) as error:
        return str(error)
    return ""


def at(case: Case, path: str) -> Any:
    try:
        return get(case, path)
    except BadPath:
        return None


def walk(node: Any, way: list[str]) -> Any:
    """The values this many steps below a part."""
    for step in way:
        node = node.get(step) if isinstance(node, dict) else getattr(node, step, None)
    return node


def title_paths(mark: Each) -> list[str]:
    """The title questions of an entry; the first filled one names it."""
    asked = {one.path for one in asks(mark.fields)}
    return [mark.title] if mark.title else [n for n in catalog.lists()[mark.path].TITLE if n in asked]


def noun(path: str) -> str:
    """The noun for one entry of the list."""
    return str(catalog.lists()[path].NOUN)


def stored(case: Case, path: str) -> Items[Any]:
    """The entries of a list that were touched."""
    items: Items[Any] = get(case, path)
    return items
