"""The words of each page before Python runs in a browser: for the builder of a site. Knows notebooks, no case.

Run as a program, it prints them as JSON, so that the builder's own process keeps none of a page's settings.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

from ..case import Case
from ..documents import export
from ..folder import pages as page_files
from ..locale import language
from ..page import cells, templates
from ..page.outputs import WAITING
from .asking.pages import labels, notebooks_dir, pages


def outline() -> dict[str, Any]:
    """`pages`: the notebooks by name, rendered without the outputs of their cells; `map`: label, name and title.

    `former` are the first names of renamed pages, to which links may lead. `blank` is the blank workbook to print,
    without a day: a site is read for months.
    """
    book = pages()
    label = labels(book)
    done, files = {}, page_files.files(notebooks_dir())
    for page in book:
        file = files[page.name]
        notebook = json.loads(file.read_text("utf-8"))
        shown = [{**c, "source": cells.source_of(c), "outputs": _waiting(c)} for c in cells.of_page(notebook)]
        done[page.name] = templates.rendered(notebook, shown, file.parent, language())
    return {
        "blank": _blank(),
        "pages": done,
        "former": {p.first_name: p.name for p in book if p.first_name != p.name},
        "map": [{"name": p.name, "title": p.title, "label": label.get(p.name, ""), "step": p.step} for p in book],
    }


def _blank() -> str:
    day = dt.date.min  # not shown
    return export.render({**export.tree(Case(), "blank", day), "prepared": ""}, "html", day).decode()


def _waiting(cell: Any) -> list[Any]:
    """What stands where a form or a panel will be."""
    asks = cell["cell_type"] == "code" and any(f"wb.{verb}(" in cells.source_of(cell) for verb in ("form", "grid"))
    return [{"output_type": "display_data", "data": {WAITING: ""}}] if asks else []


if __name__ == "__main__":
    json.dump(outline(), sys.stdout)
