"""What a chosen export would give away: alert A-34, asked by the pages that make documents. Knows the case."""

from __future__ import annotations

from collections.abc import Iterable

from ..case import Case, Item
from ..case.log import Note, Visibility
from ..case.paths import get
from ..errors import WorkbookError
from .values import Alert, Level

_PLAIN = {
    "person.aliases": "earlier names",
    "person.address": "the full address",
}


def export_alerts(case: Case, paths: Iterable[str]) -> tuple[Alert, ...]:
    """One alert for each chosen place that holds private notes, earlier names, the address or sensitive entries."""
    found = []
    for path in paths:
        what = _given_away(case, path)
        if what:
            text = f"This would hand over {what}. Once it is out, it cannot be taken back."
            found.append(Alert("A-34", Level.WARNING, path, text, "Say yes to it on its own, or leave it out.", "A-34"))
    return tuple(found)


def _given_away(case: Case, path: str) -> str:
    try:
        value = get(case, path)
    except WorkbookError:
        return ""
    for place, words in _PLAIN.items():
        if (path == place or path.startswith(place + ".")) and value:
            return words
    if isinstance(value, Note) and value.visibility in (None, Visibility.PRIVATE):
        return "a private note"
    if isinstance(value, Item) and value.sensitive:
        return f"a {value.NOUN} marked as extra sensitive"
    if isinstance(value, Item) and value.private:
        return f"a {value.NOUN} marked as private"
    return ""
