"""Merges two changed versions of a notebook, cell by cell, by the ids of cells. Pure; knows notebooks as JSON.

Where both sides changed the same lines, the practice's cell stays, and the shipped one is added below it as a cell that
only JupyterLab shows. So nothing is lost, and no reader sees half a merge.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any

Book = dict[str, Any]
LAB_ONLY = "wb-lab"  # the tag of cells that no reader sees
CONFLICT = "wb-conflict"  # the tag of a shipped cell that could not be merged


def merged(base: Book, ours: Book, theirs: Book) -> tuple[Book, list[str]]:
    """The notebook with both sides' changes since `base`, and a sentence for each thing that both changed."""
    said: list[str] = []
    old, mine, new = _by_id(base), _by_id(ours), _by_id(theirs)
    kept: dict[str, list[dict[str, Any]]] = {}
    for key in mine:
        kept.setdefault(key, _cell(key, old.get(key), mine[key], new.get(key), said))
        if len(kept[key]) > 1:
            kept[kept[key][1]["id"]] = []  # what an earlier upgrade left there: this one is newer
    for key in new:
        if key not in mine and key not in old:
            kept[key] = [new[key]]
        elif key not in mine and not _same(old[key], new[key]):
            said.append(f"You removed a cell ({key}) that has changed in the workbook. It stays removed.")
    order = _order([*old], [*mine], [*new], kept)
    meta = _metadata(base.get("metadata", {}), ours.get("metadata", {}), theirs.get("metadata", {}), said)
    cells = [cell for key in order for cell in kept[key]]
    return {**theirs, "cells": cells, "metadata": meta}, said


def _by_id(book: Book) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for number, cell in enumerate(book["cells"]):
        key = str(cell.get("id") or f"cell-{number}")
        while key in found:
            key += "-2"
        found[key] = cell if cell.get("id") == key else {**cell, "id": key}
    return found


def source(cell: Mapping[str, Any]) -> str:
    """The text of a cell, which a file may hold as lines."""
    return "".join(cell["source"])


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return (one["cell_type"], source(one), one.get("metadata", {})) == (
        other["cell_type"],
        source(other),
        other.get("metadata", {}),
    )


def _cell(key: str, old: Any, mine: Any, new: Any, said: list[str]) -> list[dict[str, Any]]:
    """What becomes of one of our cells: none, the cell, or it and the shipped one below it."""
    if new is None:
        if old is None or not _same(old, mine):
            if old is not None:
                said.append(f"The workbook no longer has a cell ({key}) that you changed. Yours stays.")
            return [mine]
        return []
    if old is not None and _same(old, mine):
        return [new]
    if _same(mine, new) or (old is not None and _same(old, new)):
        return [mine]
    together = _lines(source(old), source(mine), source(new)) if old is not None else None
    alike = mine["cell_type"] == new["cell_type"]
    if together is not None and alike:
        meta = _metadata((old or {}).get("metadata", {}), mine.get("metadata", {}), new.get("metadata", {}), [])
        return [{**mine, "source": together, "metadata": meta}]
    said.append(
        f"You and the workbook changed the same lines of a cell ({key}). Yours is used; the new one is below it."
    )
    shown = {"cell_type": "raw", "id": f"{key[:50]}-new", "metadata": {"tags": [LAB_ONLY, CONFLICT]}}
    return [mine, {**shown, "source": f"The workbook's new version of the cell above:\n\n{source(new)}"}]


def _lines(old: str, mine: str, new: str) -> str | None:
    """The text with both sides' changes; None if they touch the same lines."""
    before = old.splitlines(keepends=True)
    edits = [_edits(before, text.splitlines(keepends=True)) for text in (mine, new)]
    if any(a != b and _touch(a, b) for a in edits[0] for b in edits[1]):
        return None
    made = before
    for start, end, lines in sorted({*edits[0], *edits[1]}, reverse=True):
        made = [*made[:start], *lines, *made[end:]]
    return "".join(made)


def _edits(before: list[str], after: list[str]) -> set[tuple[int, int, tuple[str, ...]]]:
    found = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return {(i, j, tuple(after[k:m])) for tag, i, j, k, m in found if tag != "equal"}


def _touch(one: tuple[int, int, Any], other: tuple[int, int, Any]) -> bool:
    """Whether two edits overlap or meet, so that their order would be a guess."""
    return one[0] <= other[1] and other[0] <= one[1]


def _order(old: list[str], mine: list[str], new: list[str], kept: Mapping[str, Any]) -> list[str]:
    """Our order, or the shipped one if only that changed; what one side added follows the cell it followed there."""
    common = {*old} & {*mine} & {*new}
    unmoved = [k for k in mine if k in common] == [k for k in old if k in common]
    first, second = (new, mine) if unmoved else (mine, new)
    order = [key for key in first if key in kept]
    for number, key in enumerate(second):
        if key in kept and key not in order:
            before = next((order.index(k) + 1 for k in reversed(second[:number]) if k in order), 0)
            order.insert(before, key)
    return order


def _metadata(old: Any, mine: Any, new: Any, said: list[str]) -> dict[str, Any]:
    """Each key from the side that changed it; ours if both did."""
    found: dict[str, Any] = {}
    for key in dict.fromkeys([*mine, *new]):
        sides = [side.get(key) for side in (old, mine, new)]
        both = sides[1] != sides[0] and sides[2] != sides[0] and sides[1] != sides[2]
        if both and key == "title":
            said.append(f"You and the workbook changed the title. Yours stays; the new one is “{sides[2]}”.")
        value = sides[2] if sides[1] == sides[0] else sides[1]
        if value is not None:
            found[key] = value
    return found


def text(book: Book) -> str:
    """The notebook as a file: as Jupyter writes it, without outputs, so that git shows only what was changed."""
    cells = []
    for cell in book["cells"]:
        kept = {k: v for k, v in cell.items() if k not in ("outputs", "execution_count")}
        kept["source"] = source(cell).splitlines(keepends=True)
        cells.append({**kept, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else kept)
    whole = {**book, "cells": cells, "metadata": {k: v for k, v in book["metadata"].items() if k != "widgets"}}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
