"""Makes a practice's folder and takes shipped pages into it, to be changed. Knows files; no case."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import BadFile, CannotExport
from . import merge, pages, settings

BASE = ".shipped"  # each page as it was shipped when it was taken
NOT_ONE = "That is not a practice's folder: it has no practice.toml. Make one with: workbook init FOLDER"
TAKEN = "There are other files in that folder. Choose an empty one, or one that is a practice's folder already."

_SETTINGS = """# What your pages say about you. Every line may be left out.
name = "{name}"
# logo = "logo.svg"            # a PNG or SVG picture in this folder
# phone = "555-0100"
# email = "help@example.org"
# hide = ["find"]              # shipped pages that you do not want

# [[link]]
# words = "Our office"
# address = "https://example.org"
"""
_README = """# {name}

Pages and packs for clients of the Second Opinion Workbook. A client's name and answers are never in this folder. A page
for one client may be here: it only has questions, in words that fit anybody.

* `notebooks/` has only the pages that are changed or our own. To change a shipped one:
  `workbook init . --page 1-goal`, then `workbook lab .`
* `packs/` has only what differs: `seeds/`, `conditions/`, `texts/`, `letters/`, `facts/`.
* `workbook open .` shows the pages, `workbook check .` checks them, `workbook site . --to OUT` makes a site for phones.
* `workbook upgrade .` brings in newer shipped pages and keeps the changes here.
"""
# What may be about a client, and what is made again at any time.
_IGNORED = """# Never a client's words: files that the workbook makes or loads.
*.age
*.csv
*.db
*.db-*
*.docx
*.ics
*.pdf
*.zip
case-*.json
*.html
/exports/
/site/

.ipynb_checkpoints/
__pycache__/
.DS_Store
"""
_HOOK = """repos:
  - repo: local
    hooks:
      - id: workbook-check
        name: workbook check
        entry: workbook check .
        language: system
        pass_filenames: false
        always_run: true
"""


def create(folder: Path, name: str, wanted: Iterable[str] = ()) -> list[Path]:
    """Makes the folder, if it is none yet, with these shipped pages; the written files. BadFile if it cannot be."""
    if folder.exists() and not folder.is_dir():
        raise BadFile("There is a file with that name. Choose another folder.")
    if not pages.is_practice(folder) and folder.is_dir() and any(f.name != ".git" for f in folder.iterdir()):
        raise BadFile(TAKEN)
    names = list(dict.fromkeys(wanted))
    for page in names:
        _shipped(page)  # before anything is written
    said = json.dumps(name or "Our practice", ensure_ascii=False)[1:-1]
    texts = {
        settings.FILE: _SETTINGS.format(name=said),
        "README.md": _README.format(name=name or "Our practice"),
        ".gitignore": _IGNORED,
        ".gitattributes": "*.ipynb text eol=lf\n.shipped/** linguist-generated\n",
        ".pre-commit-config.yaml": _HOOK,
    }
    made = []
    if not pages.is_practice(folder):
        for place in (pages.NOTEBOOKS, "packs"):
            (folder / place).mkdir(parents=True, exist_ok=True)
            (folder / place / ".gitkeep").touch()
        for file, text in texts.items():
            (folder / file).write_text(text, "utf-8")
            made.append(folder / file)
    return made + [take(folder, page) for page in names]


def take(folder: Path, page: str) -> Path:
    """Copies a shipped page into the folder, and keeps it as it was shipped, too. CannotExport if it is there."""
    book = read(_shipped(page))
    there = pages.first_names(pages.own_files(folder))
    if page in there.values():
        raise CannotExport(f"{page} is in the folder already, so it was not copied again.")
    target = folder / pages.NOTEBOOKS / f"{page}.ipynb"
    write(folder / BASE / f"{page}.ipynb", merge.text(book))
    write(target, merge.text(named(book, page)))
    return target


def for_client(folder: Path, case: str, title: str = "") -> Path:
    """A new page that only this client's map has. BadFile if the folder is not a practice's."""
    if not pages.is_practice(folder):
        raise BadFile(NOT_ONE)
    place = folder / pages.NOTEBOOKS
    names = [f"8-{case}", *(f"8-{case}-{number}" for number in range(2, 100))]
    name = next((one for one in names if not (place / f"{one}.ipynb").exists()), "")
    if not name:
        raise CannotExport("This client has 99 pages already. Remove one first.")
    title = title or "More about you"
    own = "own." + name[2:].replace("-", "_")
    sources = (
        ("markdown", f"# {title}\n\nThese questions are only for you. Skip any of them."),
        ("code", "import workbook as wb\n\ncase = wb.open_case()\nwb.steps(case)"),
        ("code", f'wb.form(case,\n    wb.ask("{own}", "What else should we know?", kind="long"))'),
        ("code", "wb.done(case)"),
    )
    cells = [
        {"cell_type": kind, "id": f"{name[:50]}-{number:02}", "metadata": {}, "source": source}
        for number, (kind, source) in enumerate(sources, 1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    meta: dict[str, Any] = {"kernelspec": kernel, "language_info": {"name": "python"}, "title": title}
    meta["workbook"] = {"page": name, "case": case}
    file = place / f"{name}.ipynb"
    write(file, merge.text({"cells": cells, "metadata": meta, "nbformat": 4, "nbformat_minor": 5}))
    return file


def named(book: dict[str, Any], page: str) -> dict[str, Any]:
    """The notebook with the name it is made with, which a renamed file keeps."""
    own = {**book["metadata"].get("workbook", {}), "page": page}
    return {**book, "metadata": {**book["metadata"], "workbook": own}}


def read(file: Path) -> dict[str, Any]:
    """A notebook as JSON; BadFile if it is none."""
    try:
        book = json.loads(file.read_text("utf-8"))
        if not all(isinstance("".join(cell["source"]), str) and cell["cell_type"] for cell in book["cells"]):
            raise ValueError
        return {**book, "metadata": dict(book["metadata"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise BadFile(f"{file.name} cannot be read as a notebook.") from None


def write(file: Path, text: str) -> None:
    """Writes the file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_text(text, "utf-8")
    part.replace(file)


def _shipped(page: str) -> Path:
    file = pages.shipped() / f"{page}.ipynb"
    names = sorted(one.stem for one in pages.shipped().glob("*.ipynb"))
    if page not in names:
        near = difflib.get_close_matches(page, names, 1, 0.4)
        meant = f" Did you mean {near[0]}?" if near else f" The pages are: {', '.join(names)}."
        raise BadFile(f"There is no shipped page called {page}.{meant}")
    return file
