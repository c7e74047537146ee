"""What a cell of a page is: whom it is for, where it is shown, and the words for one that failed. Knows no case."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import workbook.errors as errors

from .. import cell_mistakes
from ..titles import title_of
from .notices import WORDS

HIDDEN = "wb-lab"  # a cell for those who customize in JupyterLab, not for readers
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
_VERB = re.compile(r"\bwb\.([a-z_]+)\s*\(")


def of_page(notebook: Any) -> list[Any]:
    """The cells that readers see."""
    return [c for c in notebook["cells"] if HIDDEN not in c.get("metadata", {}).get("tags", [])]


def frame_of(notebook: Any, default: str) -> dict[str, Any]:
    """Title, language and direction of a notebook's page; `default` is the language of one that names none."""
    meta = notebook["metadata"]
    wb = meta.get("workbook", {})
    lang = wb.get("lang") or default
    return {
        "title": title_of(notebook, wb.get("title", "")),
        "lang": lang,
        "direction": wb.get("dir") or ("rtl" if lang in RIGHT_TO_LEFT else "ltr"),
        "steps": any(is_steps(c) for c in of_page(notebook)),
    }


def is_steps(cell: Any) -> bool:
    """Whether a cell shows the map of steps, which is placed in the sidebar."""
    tags = cell.get("metadata", {}).get("tags", [])
    return "wb-map" in tags or (cell["cell_type"] == "code" and bool(re.search(r"\bwb\.steps\(", source_of(cell))))


def is_of_several(notebook: Any) -> bool:
    """Whether a notebook is about all workbooks of a computer, so that it has no page in a browser alone."""
    return any(c["cell_type"] == "code" and re.search(r"\bwb\.clients\(", source_of(c)) for c in of_page(notebook))


def source_of(cell: Any) -> str:
    """The text of a cell, which a file may hold as lines."""
    return "".join(cell["source"])


@cache
def _ours() -> frozenset[str]:
    """The names of our exceptions: only their messages are written for readers."""
    found, queue = set(), [errors.WorkbookError]
    while queue:
        kind = queue.pop()
        found.add(kind.__name__)
        queue += kind.__subclasses__()
    return frozenset(found)


def name_of(source: str) -> str:
    """The purpose of a cell: its first comment, else the verb it uses, else ""."""
    for line in source.splitlines():
        text = line.strip()
        if text.startswith("#") and text.strip("# "):
            return " ".join(text.strip("# ").split()[:8])
        if text and not text.startswith(("import ", "from ")):
            break
    verb = _VERB.search(source)
    return f"wb.{verb[1]}" if verb else ""


def sentence(source: str, number: int, ename: str, evalue: str, words: dict[str, str] = WORDS) -> str:
    """What a reader sees instead of a traceback. The text of other errors may quote answers, so it is left out."""
    if ename in _ours() and evalue.strip():
        return evalue.strip()
    name = name_of(source)
    first = words["cell_named" if name else "cell"].format(number=number, name=name)
    wrong = cell_mistakes.of_error(source, ename, evalue)
    hint = f"{f'Line {wrong.line}: ' if wrong.line else ''}{wrong.sentence} " if wrong else ""
    return f"{first} {hint}{words['cell_safe']}"
