"""Tags the first cell of a table's rows as a heading, in the bytes of a PDF. Knows the objects that Typst writes.

Typst tags column headings only; its function for cells of our choice (`pdf.header-cell`) is behind a feature that
typst-py cannot switch on. A screen reader would read "Mastectomy" without "Recommends". If the bytes are not as
expected, they stay as they are: the PDF is right then, too, and only says less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_TABLE_OF_PLACES = re.compile(
    rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [fn]\r\n)+)trailer\n.*?startxref\n(\d+)\n%%EOF\s*\Z", re.DOTALL
)
_ELEMENT = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(Table|TBody|TR|TD)/P (\d+) 0 R([^\n]*?)>>\nendobj")
_CHILDREN = re.compile(rb"/K\[((?:\d+ 0 R ?)*)\]\Z")
_HEADERS = re.compile(rb"<</O/Table/Headers\[[^\]]*\]>>")
_LEAST = b"/A[]"


def tagged(printed: bytes, tables: Sequence[int]) -> bytes:
    """The PDF with row headings; `tables` has the number of rows of each table in order, 0 for one without headings."""
    if not any(tables):
        return printed
    end = _TABLE_OF_PLACES.search(printed)
    if end is None or end.start() != int(end[3]):
        return printed
    places = [int(line[:10]) for line in end[2].split(b"\r\n") if line]
    edits = _edits(printed, places, tables)
    return _written(printed, places, edits, end) if edits else printed


def in_order(blocks: Sequence[dict[str, Any]]) -> list[int]:
    """For each table of a document, in order: its rows if their first cell is to be a heading, else 0."""
    return list(_counted(blocks))


def _counted(node: Any) -> Iterator[int]:
    if isinstance(node, list):
        for inner in node:
            yield from _counted(inner)
    elif isinstance(node, dict):
        if node.get("k") == "table":
            yield _headed(len(node["rows"]), len(node["columns"])) if node["row_header"] else 0
        else:
            for inner in node.values():
                yield from _counted(inner)


def _headed(rows: int, columns: int) -> int:
    """The rows, if their headings and those of the columns do not outnumber the other cells.

    Checkers take more headings than cells for a mistake. In a table that small, or of two columns, a cell is read
    right after its topic anyway.
    """
    return rows if columns + rows <= rows * (columns - 1) else 0


def _edits(printed: bytes, places: Sequence[int], tables: Sequence[int]) -> list[tuple[int, int, bytes]]:
    """(start, end, new bytes) of each cell that changes; none if a table is not as the document has it."""
    found = {n: m for n, place in enumerate(places) if place and (m := _ELEMENT.match(printed, place))}
    kinds = {n: m[1] for n, m in found.items()}
    # an element is written after what is in it, so that tables are in the order of the document
    drawn = [n for n in sorted(found) if kinds[n] == b"Table"]
    if len(drawn) != len(tables):
        return []
    edits = []
    for table, rows in zip(drawn, tables, strict=True):
        if not rows:
            continue
        lines = [row for body in _inside(found, table) if kinds.get(body) == b"TBody" for row in _inside(found, body)]
        cells = [_inside(found, row) for row in lines]
        if len(cells) != rows or not all(row and all(kinds.get(cell) == b"TD" for cell in row) for row in cells):
            return []
        for first, *others in cells:
            edits.append(_heading(found[first]))
            edits += [_plain(found[cell]) for cell in others]
    return sorted(edits)


def _inside(found: dict[int, re.Match[bytes]], number: int) -> list[int]:
    """The numbers of the elements in this one; none if it has anything else."""
    held = _CHILDREN.search(found[number][3]) if number in found else None
    return [int(n) for n in re.findall(rb"(\d+) 0 R", held[1])] if held else []


def _heading(cell: re.Match[bytes]) -> tuple[int, int, bytes]:
    changed = cell[0].replace(b"/S/TD/P", b"/S/TH/P", 1)
    return cell.start(), cell.end(), _HEADERS.sub(b"<</O/Table/Scope/Row>>", changed, count=1)


def _plain(cell: re.Match[bytes]) -> tuple[int, int, bytes]:
    """A cell without a list of its headings, which has the columns alone: their scopes say more."""
    return cell.start(), cell.end(), _HEADERS.sub(b"", cell[0], count=1).replace(_LEAST, b"", 1)


def _written(
    printed: bytes, places: Sequence[int], edits: Sequence[tuple[int, int, bytes]], end: re.Match[bytes]
) -> bytes:
    """The PDF with these edits, and the places of its objects counted again."""
    pieces, at = [], 0
    for start, stop, new in edits:
        pieces += [printed[at:start], new]
        at = stop
    pieces.append(printed[at : end.start()])
    moved = iter(edits)
    coming = next(moved, None)
    shift, new_places = 0, dict[int, int]()
    for place in sorted({*places}):
        while coming and coming[0] < place:
            shift += len(coming[2]) - (coming[1] - coming[0])
            coming = next(moved, None)
        new_places[place] = place + shift
    body = b"".join(pieces)
    lines = [line for line in end[2].split(b"\r\n") if line]
    table = b"".join(
        b"%010d%b\r\n" % (new_places[place] if line.endswith(b"n") else place, line[10:])
        for place, line in zip(places, lines, strict=True)
    )
    rest = printed[end.start() : end.end()]
    rest = rest.replace(end[2], table, 1)
    return body + re.sub(rb"startxref\n\d+", b"startxref\n%d" % len(body), rest)
