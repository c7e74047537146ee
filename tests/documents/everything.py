"""Every document of a case in every format, and cases that exercise it."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from workbook.case import Case, put
from workbook.documents import catalog, export
from workbook.documents.render.pdf import glyphs
from workbook.documents.tree.clean import clean
from workbook.errors import CannotExport, WorkbookError
from workbook.session import demo

DAY = dt.date(2026, 12, 3)
DEMOS = {case.id: case for case in demo.cases()}


REFUSED = re.compile(r"This PDF would (lose|change) [^.]*\. .*web page instead\. (It|They) shows? every letter\.")


def assert_printed(case: Case, document: str, day: dt.date, **wanted: Any) -> bytes:
    """The PDF; None if it would change what was typed, which the error message says without quoting it."""
    refused = ""
    try:
        made = export.make(case, document, "pdf", day, **wanted)
    except CannotExport as error:
        refused, made = str(error), b""
    if refused:
        assert REFUSED.fullmatch(refused), refused
        tree = export.tree(case, document, day, **wanted)
        assert any(any(glyphs.lost(clean(text))) for text in texts(tree)), "and for nothing else"
    else:
        assert made.startswith(b"%PDF")
    return made


class Made(NamedTuple):
    """One document in one format, about one entry."""

    document: str
    form: str
    about: str = ""
    reader: str = "clinician"


def kinds(forms: tuple[str, ...] = ("pdf", "html", "docx")) -> list[tuple[str, str]]:
    """Each document with each of its formats."""
    return [(d.name, form) for d in catalog.DOCUMENTS.values() for form in d.formats if form in forms]


def shares(names: Iterable[str], forms: tuple[str, ...] = ("pdf", "html", "docx")) -> dict[str, list[tuple[str, str]]]:
    """Each document in each format for at least one of the names, and for each name at least one of them."""
    every, given = kinds(forms), list(names)
    turns = range(max(len(every), len(given)))
    dealt = [(given[n % len(given)], every[n % len(every)]) for n in turns]
    return {name: [kind for whose, kind in dealt if whose == name] for name in given}


def abouts(case: Case, document: str, day: dt.date = DAY) -> list[str]:
    """The subjects of the document in this case; one empty subject if it is about the whole case or has blanks."""
    return [key for key, _words in catalog.subjects(catalog.DOCUMENTS[document], case, day)] or [""]


def trees(case: Case, day: dt.date = DAY) -> Iterator[tuple[Made, dict[str, Any]]]:
    """The block tree of every document, of the summary for every reader."""
    for document in catalog.DOCUMENTS.values():
        if document.raw:
            continue
        for about in abouts(case, document.name, day):
            for reader in catalog.READERS if document.name == "summary" else ("clinician",):
                made = Made(document.name, "tree", about, reader)
                yield made, export.tree(case, document.name, day, about=about, reader=reader)


def texts(node: Any, key: str = "") -> Iterator[str]:
    """Every text in a tree, apart from names of block kinds and pictures."""
    if isinstance(node, str) and key not in ("k", "data", "mime", "tone", "paper", "lang", "href", "mark"):
        yield node
    elif isinstance(node, list):
        for inner in node:
            yield from texts(inner, key)
    elif isinstance(node, dict):
        for name, inner in node.items():
            if name != "words":
                yield from texts(inner, name)


def paragraphs(node: Any) -> Iterator[str]:
    """The text of a tree, with runs joined as a reader sees them."""
    if isinstance(node, list) and node and all(isinstance(n, dict) and "t" in n for n in node):
        yield "".join(n["t"] for n in node)
    elif isinstance(node, list):
        for inner in node:
            yield from paragraphs(inner)
    elif isinstance(node, dict):
        for name, inner in node.items():
            if isinstance(inner, str):
                if name in ("title", "subject", "prepared", "footer", "watermark", "label", "date"):
                    yield inner
            elif name != "words":
                yield from paragraphs(inner)


def filled(text: str, name: str = "demo-breast") -> Case:
    """A demo case with this text in every free-text field."""
    data = json.loads(DEMOS[name].model_dump_json())
    for steps in _free(name):
        node = data
        for step in steps[:-1]:
            node = node[step]
        node[steps[-1]] = text
    return Case.model_validate(data)


@functools.cache
def _free(name: str) -> tuple[tuple[str | int, ...], ...]:
    """The free-text fields of a case: any text is valid, and it is neither an id nor a reference."""
    case = DEMOS[name]
    data = json.loads(case.model_dump_json())
    ids = {held for steps, held in _strings(data, ()) if steps[-1] == "id"} | {"self", "caregiver", "advocate"}
    found = []
    for steps, held in _strings(data, ()):
        if steps[-1] in ("id", "language", "demo_today") or not held or held in ids or "drafts" in steps:
            continue
        path, node = [], data
        for step in steps:
            node = node[step]
            path.append(node["id"] if isinstance(step, int) and isinstance(node, dict) else str(step))
        try:
            put(case, ".".join(path), "Any words: at all")
        except WorkbookError:
            continue
        found.append(steps)
    return tuple(found)


def _strings(node: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, str):
        yield steps, node
    pairs = enumerate(node) if isinstance(node, list) else node.items() if isinstance(node, dict) else ()
    for step, inner in pairs:
        yield from _strings(inner, (*steps, step))
