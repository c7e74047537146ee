"""The table of questions that `wb.fields` shows. Knows the catalog of questions and the notebooks; no case."""

from __future__ import annotations

import difflib
from typing import NamedTuple

from ..case import Case, spoken
from ..content import choices
from ..errors import NotebookMistake
from ..rules.care_year import filled
from ..ui.asking.catalog import Known, below, everything, lists
from ..ui.asking.pages import pages
from .rows import Rows


class Field(NamedTuple):
    """One question: its path, its words, the kind of answer, the choices, and the notebooks that ask it."""

    path: str
    question: str
    kind: str
    choices: tuple[str, ...]
    page: str


_HEADS = {"path": "Path", "question": "Question", "kind": "Kind", "choices": "Choices", "page": "Page"}


def fields(under: str = "", find: str = "") -> Rows[Field]:
    """The questions below a path, such as "goal" or "records.items"; without a path, all of them.

    Each row has `path` (inside a list, relative to the entry), `question`, `kind` (text, date, one, ...), `choices`
    and `page`, the notebooks that ask it. With `find`, only those that contain these words. NotebookMistake for a path
    without questions.

    >>> [row.path for row in fields("goal", find="do you need to decide")]
    ['goal.decide_by']
    """
    start = under.strip(".")
    if start and start not in lists() and not any(below(k.whole, start) for k in everything()):
        near = difflib.get_close_matches(start, [*lists(), *(n for n in Case.model_fields)], 1)
        raise NotebookMistake(f"There are no questions under {start}." + (f" Did you mean {near[0]}?" if near else ""))
    known = [k for k in everything() if k.words and not k.inner and (not start or below(k.whole, start))]
    asked = _asked()
    rows = [_row(k, k.listed == start, asked) for k in known]
    found = Rows(Field, rows, _HEADS, "Questions", "No question has these words.")
    return found.find(find) if find else found


def _row(known: Known, inside: bool, asked: dict[str, list[str]]) -> Field:
    words = known.words
    assert words is not None
    place = f"{known.listed}.*.{known.path}" if known.listed else known.path
    return Field(
        known.path if inside else known.whole,
        filled(spoken(words.question), None),
        words.kind,
        tuple(spoken(label) for _code, label in choices(words)),
        ", ".join(asked.get(place, ())),
    )


def _asked() -> dict[str, list[str]]:
    """The notebooks that ask each path, in the order of the map."""
    found: dict[str, list[str]] = {}
    for page in pages():
        for path in dict.fromkeys(page.paths):
            found.setdefault(path, []).append(page.name)
    return found
