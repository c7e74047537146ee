"""Alert A-34 on what a chosen export would disclose; called by the pages that export. Knows the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...case import Case, CaseModel, Item, Items
from ...case.log import Note, Visibility
from ...case.paths import get
from ...errors import WorkbookError
from ...locale import N_, tr
from ..results import Alert, Level
from .register import declare

_PLAIN = {
    "person.aliases": N_("earlier names"),
    "person.address": N_("the full address"),
}

declare("A-34", step="packet")


def export_alerts(case: Case, paths: Iterable[str]) -> tuple[Alert, ...]:
    """One alert for each exported path that contains private notes, former names, the address or sensitive entries."""
    found = []
    for path in dict.fromkeys(inner for chosen in paths for inner in _places(case, chosen)):
        what = _given_away(case, path)
        if what:
            next_step = tr("Choose it on its own, or leave it out.")
            found.append(Alert("A-34", Level.WARNING, path, handing_over(what), next_step, "A-34", step="packet"))
    return tuple(found)


def handing_over(what: str) -> str:
    """The text of A-34 for one item."""
    return tr("This would hand over {what}. Once it is out, it cannot be taken back.").format(what=what)


def _places(case: Case, path: str) -> Iterator[str]:
    """The path itself, and all paths below it that may need confirmation."""
    yield path
    if path in _PLAIN:
        return
    try:
        value = get(case, path)
    except WorkbookError:
        return
    if isinstance(value, Items):
        for key in value:
            yield from _places(case, f"{path}.{key}")
    elif isinstance(value, CaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if f"{path}.{name}" in _PLAIN:
                yield f"{path}.{name}"
            elif isinstance(inner, CaseModel | Items):
                yield from _places(case, f"{path}.{name}")


def _given_away(case: Case, path: str) -> str:
    try:
        value = get(case, path)
    except WorkbookError:
        return ""
    for place, words in _PLAIN.items():
        if (path == place or path.startswith(place + ".")) and value:
            return tr(words)
    if isinstance(value, Note) and value.visibility in (None, Visibility.PRIVATE):
        return tr("a private note")
    if isinstance(value, Item) and value.sensitive:
        return tr("a {noun} marked as extra sensitive").format(noun=tr(value.NOUN))
    if isinstance(value, Item) and value.private:
        return tr("a {noun} marked as private").format(noun=tr(value.NOUN))
    return ""
