"""The first cell of each row is a heading in a PDF, too, so that a screen reader reads a cell with its topic."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pdfua
import pypdf
import pytest

from tests.documents.everything import DEMOS, abouts
from tests.documents.full_case import full_case
from workbook.documents import catalog, export
from workbook.documents.render import pdf
from workbook.documents.render.pdf.row_headings import in_order, tagged
from workbook.documents.tree import blocks as B  # noqa: N812

from .fhir_bundles import DAY
from .hostile import TEXTS, document
from .kinds import structure

CASES = {**DEMOS, "full": full_case()}
HEADS, ROWS = ["Topic", "One", "Two"], [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
HEADED = ["/Column"] * 3 + ["/Row", "", ""] * 3


def scopes(printed: bytes) -> list[str]:
    """Of each cell in order: the scope of a heading, or "" for any other cell."""
    found = []
    for tag, node in structure(printed):
        if tag in ("TH", "TD"):
            about = node.get("/A", [])
            held = [one for one in (about if isinstance(about, list) else [about]) if one.get("/O") == "/Table"]
            assert tag == "TH" or not any("/Scope" in one for one in held)
            found.append(str(held[0]["/Scope"]) if tag == "TH" else "")
    return found


def assert_places(printed: bytes) -> None:
    """Each object is where the table of places says."""
    start = int(re.findall(rb"startxref\n(\d+)", printed)[-1])
    assert printed[start : start + 7] == b"xref\n0 "
    lines = re.findall(rb"(\d{10}) \d{5} n", printed[start:])
    for number, place in enumerate(lines, 1):
        assert printed[int(place) :].startswith(b"%d 0 obj" % number)
    assert pypdf.PdfReader(io.BytesIO(printed), strict=True).pages


def test_the_first_cell_of_each_row_is_a_heading() -> None:
    printed = pdf.render(B.document("T", [B.table("", HEADS, ROWS)]), DAY)
    assert scopes(printed) == HEADED
    assert_places(printed)


def test_a_table_without_row_headings_keeps_its_cells() -> None:
    plain = B.table("", HEADS, ROWS, row_header=False)
    doc = B.document("T", [plain, B.callout("x", [B.table("", HEADS, ROWS)]), plain])
    without = ["/Column"] * 3 + [""] * 9
    assert scopes(pdf.render(doc, DAY)) == without + HEADED + without


@pytest.mark.parametrize(("rows", "columns"), [(1, 2), (9, 2), (2, 3), (1, 4)])
def test_headings_never_outnumber_the_other_cells(rows: int, columns: int) -> None:
    """A checker takes that for a mistake, and there a cell is read right after its topic."""
    table = B.table("", ["Head"] * columns, [["cell"] * columns] * rows)
    assert "/Row" not in scopes(pdf.render(B.document("T", [table]), DAY))


def test_a_table_over_several_pages_has_them_on_each() -> None:
    rows = [[f"Row {n}", "words " * 40, "more"] for n in range(60)]
    printed = pdf.render(B.document("T", [B.table("", HEADS, rows)]), DAY)
    assert len(pypdf.PdfReader(io.BytesIO(printed)).pages) > 3
    assert scopes(printed).count("/Row") == 60
    assert_places(printed)


def _documents() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for name, case in CASES.items():
        for one in catalog.DOCUMENTS.values():
            if "pdf" in one.formats:
                for reader in catalog.READERS if one.name == "summary" else ("clinician",):
                    yield name, one.name, reader, {"about": abouts(case, one.name, DAY)[0], "reader": reader}


@pytest.mark.parametrize("name", CASES)
def test_every_document_has_all_its_row_headings(name: str, tmp_path: Any) -> None:
    seen = 0
    for whose, one, reader, wanted in _documents():
        if whose == name:
            rows = sum(in_order(export.tree(CASES[name], one, DAY, **wanted)["blocks"]))
            printed = export.make(CASES[name], one, "pdf", DAY, **wanted)
            assert scopes(printed).count("/Row") == rows, (one, reader)
            seen += rows
            if rows:
                assert_places(printed)
                file = tmp_path / "one.pdf"
                file.write_bytes(printed)
                assert [f.rule_id for f in pdfua.validate(str(file)).findings] == []
    assert seen > 20


@pytest.mark.parametrize("name", ["typst markup", "Arabic", "piled marks", "html markup", "nothing", "emoji"])
def test_hostile_text_in_cells_changes_no_place(name: str) -> None:
    text = TEXTS[name]
    doc = document(text)
    doc["blocks"].append(B.table(text[:60], [text[:60] or "A", "B", "C"], [[text[:300]] * 3] * 3))
    printed = pdf.render(doc, DAY)
    assert_places(printed)
    assert scopes(printed).count("/Row") == 3


def test_bytes_that_are_not_as_expected_stay() -> None:
    printed = pdf.render(B.document("T", [B.table("", HEADS, ROWS, row_header=False)]), DAY)
    assert tagged(printed, [3]) != printed
    for wrong in ([0], [2], [3, 3], []):
        assert tagged(printed, wrong) == printed
    for other in (b"", b"%PDF-1.7", printed[:-40], printed.replace(b"startxref\n", b"startxref\n1")):
        assert tagged(other, [3]) == other
