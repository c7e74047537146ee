"""What is wrong in one notebook besides its questions: code, links, words left in it. Knows JSON and Python."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from ..folder.pages import client_of
from ..ui.asking.pages import HOME, LAB_ONLY, Page
from . import code
from . import names as who
from .finding import Finding

LARGEST = 5_000_000  # bytes of one notebook, as for a site
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_COPY = re.compile(r"(-Copy\d+|\s*\(\d+\)|\s+copy|\s*- copy)$", re.IGNORECASE)

MERGE = "This file has the marks of an unfinished merge (<<<<<<<). Choose one side, or get the file back from git."
LARGE = "This notebook is larger than 5 MB. Remove pictures or outputs."
OUTPUTS = "What this cell showed is saved in the notebook, and it may be a client's. Clear it: Edit, Clear All Outputs."
WIDGETS = (
    "Answers on the page are saved in the notebook. Use workbook lab, which never saves them, and clear all outputs."
)
NAME = "A client's name is in this notebook. Take it out before you share the notebook."
CLIENT = (
    "This page goes unlocked into its client's site, and here is a word of that client's name or nickname. "
    "Use words that fit anybody."
)
ATTACHED = "A picture is pasted into this cell. If it shows a client's papers, take it out."
CONFLICT = "An upgrade left a cell here to look at. Take from it what you want, then delete it."
NO_FIRST = "The first page, index.ipynb, is missing here, so the workbook cannot start from this folder."


def findings(
    file: Path,
    name: str,
    pages: Collection[str],
    names: Collection[str] = (),
    clients: Mapping[str, re.Pattern[str] | None] | None = None,
) -> Iterator[Finding]:
    """The findings in a notebook; none for one that cannot be read, which the page's own problems say."""
    try:
        if file.stat().st_size > LARGEST:
            yield Finding(name, LARGE)
            return
        text = file.read_text("utf-8")
        if re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE):
            yield Finding(name, MERGE)
            return
        book = json.loads(text)
        cells = [(c["cell_type"], "".join(c["source"]), c) for c in book["cells"]]
        metadata = dict(book.get("metadata", {}))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    if metadata.get("widgets"):
        yield Finding(name, WIDGETS)
    title = metadata.get("title")
    banned, own = who.whole(names), (clients or {}).get(client_of(book))
    number = 0
    known: set[str] = set()
    beside = {other.stem for other in file.parent.glob("*.py")}
    for kind, source, cell in cells:
        number += kind == "code"
        if kind == "code":
            said = [one(name, number) for one in code.findings(source, known, beside)]
            lab_only = LAB_ONLY in cell.get("metadata", {}).get("tags", [])  # no page shows it, so no browser runs it
            yield from (one for one in said if not (one.note and lab_only))
            if cell.get("outputs"):
                yield Finding(name, OUTPUTS, number)
        elif kind == "markdown":
            yield from _links(source, file, name, number, pages)
        if "wb-conflict" in cell.get("metadata", {}).get("tags", []):
            yield Finding(name, CONFLICT, number)
        if cell.get("attachments"):
            yield Finding(name, ATTACHED, number, note=True)
        text = who.plain(source)
        for pattern, sentence in ((banned, NAME), (own, CLIENT)):
            if pattern and (hit := pattern.search(text)):
                yield Finding(name, sentence, number, text.count("\n", 0, hit.start()) + 1)
                break
    if banned and banned.search(who.plain(str(title or ""))):
        yield Finding(name, NAME)
    elif own and any(own.search(who.plain(text)) for text in who.texts_of(file.stem, {**book, "cells": []})):
        yield Finding(name, CLIENT)


def between(folder: Path, book: Sequence[Page]) -> Iterator[Finding]:
    """What is wrong with the notebooks together."""
    if not any(page.name == HOME for page in book):
        yield Finding(f"{HOME}.ipynb", NO_FIRST)
    titles: dict[tuple[str, str], str] = {}
    for page in book:
        if _COPY.search(page.name):
            said = "This looks like a copy. It is a page of its own: rename it or delete it."
            yield Finding(f"{page.name}.ipynb", said, note=True)
        elif same := titles.get((page.title, page.client)) or titles.get((page.title, "")):
            said = f"{same}.ipynb has the same title, “{page.title}”. Change one of them."
            yield Finding(f"{page.name}.ipynb", said, note=True)
        titles.setdefault((page.title, page.client), page.name)
    for other in sorted(folder.glob("*.ipynb.*")):
        yield Finding(other.name, "This file is not read: a notebook's name ends in .ipynb.", note=True)


def _links(source: str, file: Path, name: str, number: int, pages: Collection[str]) -> Iterator[Finding]:
    """Links to pages and files that do not exist. Addresses on the internet are not tried."""
    import difflib

    for found in _LINK.finditer(source):
        to = unquote(found[1].partition("#")[0].partition("?")[0])
        line = source.count("\n", 0, found.start()) + 1
        if not to or _OUTSIDE.match(to) or to.startswith("attachment"):
            continue
        where = f"In the text {'above the first cell' if not number else f'below cell {number}'}: "
        if to.endswith((".ipynb", ".html")) and "/" not in to:
            page = to.rpartition(".")[0]
            if page not in pages:
                near = difflib.get_close_matches(page, pages, 1, 0.5)
                meant = f" Did you mean {near[0]}.ipynb?" if near else ""
                yield Finding(name, f"{where}there is no page {page}.ipynb to link to.{meant}", 0, line)
        elif to.startswith("/") or ".." in Path(to).parts:
            yield Finding(name, f"{where}{to} is outside this folder, so a page cannot show it.", 0, line)
        elif not (file.parent / to).is_file():
            yield Finding(name, f"{where}there is no file {to} in this folder.", 0, line)
