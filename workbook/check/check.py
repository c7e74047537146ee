"""All checks of a folder, in the order of its files. Knows the checks next to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from ..folder import pages as page_files
from ..ui.asking import own_questions
from ..ui.asking.pages import pages
from . import notebooks, packs, settings
from .finding import Finding, placed
from .places import places


def check(
    folder: Path,
    today: dt.date,
    names: Collection[str] = (),
    clients: Mapping[str, re.Pattern[str] | None] | None = None,
) -> list[Finding]:
    """The findings in a folder, by file, cell and line. BadFile if the folder has nothing to check.

    `names` are words that must not be in a notebook, such as names of clients. `clients` has by case what must not be
    in that client's own pages, as `names.words` finds it. No finding repeats a name.
    """
    where = places(folder)
    found: list[Finding] = []
    if where.packs:
        found += packs.findings(where.packs, where.name, today)
    if where.notebooks:
        book = pages(where.notebooks)
        own = page_files.own_files(where.notebooks)
        practice = page_files.is_practice(where.notebooks)
        inside = where.notebooks / page_files.NOTEBOOKS if practice else where.notebooks
        prefix = where.name(inside / "x").removesuffix("x")
        if practice:
            found += settings.findings(where.notebooks)
        for page in (page for page in book if page.name in {file.stem for file in own}):
            found += [_in(prefix, placed(said, f"{page.name}.ipynb")) for said in page.problems]
        for said in own_questions.clashes(one for page in book for one in page.own):
            first = re.search(r"in ([^,]+\.ipynb), cell (\d+)", said)
            file, cell = (first[1], int(first[2])) if first else ("", 0)
            found.append(Finding(prefix + file, said, cell, note=" is asked in two ways" in said))
        known = {name for page in book for name in (page.name, page.first_name)}
        for file in own:
            found += notebooks.findings(file, where.name(file), known, names, clients)
        found += [_in(prefix, one) for one in notebooks.between(inside, book)]
    order = sorted(found, key=lambda one: (one.file, one.cell, one.line))
    return list(dict.fromkeys(order))


def _in(prefix: str, one: Finding) -> Finding:
    return Finding(prefix + one.file, one.sentence, one.cell, one.line, one.note)
