"""Figures of one workbook and of several: plain SVG, with the same in words, and nothing private."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

import workbook as wb
from tests.ui.pagekit import opened
from workbook.case import Case, add
from workbook.documents.notebook.outputs import output_blocks
from workbook.errors import NotebookMistake
from workbook.session import demo

DAY = "2026-11-29"


def texts(svg: str) -> list[str]:
    return [e.text or "" for e in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("case", demo.cases(), ids=lambda case: case.id)
def test_a_time_line_shows_the_dates_and_says_them(case: Case) -> None:
    figure = wb.plot.timeline(case)
    assert "Today" in texts(figure.svg)
    assert figure.text.startswith("Timeline: ")
    data = figure._repr_mimebundle_()
    assert f'alt="{figure.text}"' in data["text/html"].replace("&#39;", "'")
    assert data["text/plain"] == figure.text
    kinds = [block["k"] for block in output_blocks({"output_type": "display_data", "data": data})]
    assert kinds == ["timeline"], "a document prints the picture"


def test_a_caseload_has_a_row_for_each_workbook_in_the_order_of_days() -> None:
    cases = [
        Case(nickname="Later", goal={"decide_by": "2026-12-20"}),  # type: ignore[arg-type]
        Case(nickname="Never"),
        Case(nickname="<Late>", goal={"decide_by": "2026-11-20"}),  # type: ignore[arg-type]
    ]
    figure = wb.plot.caseload(cases, on=DAY)
    said = texts(figure.svg)
    assert [t for t in said if t in ("Later", "Never", "<Late>")] == ["<Late>", "Later", "Never"]
    assert figure.text == (
        "The next 8 weeks. <Late>: 9 days late, Nov 20, 2026, decide by. "
        "Later: in 21 days, Dec 20, 2026, decide by. Never: no date."
    )
    assert figure.svg.count('transform="translate') == 2
    assert "max-width:100%" in figure.svg
    blocks = output_blocks({"output_type": "display_data", "data": figure._repr_mimebundle_()})
    assert [block["k"] for block in blocks] == ["para", "list"]


def test_all_workbooks_of_this_computer_are_shown_by_default() -> None:
    opened(goal={"decide_by": "2126-12-20"})
    assert re.search(r"decide by", wb.plot.caseload().text)
    assert wb.plot.caseload(["knee"], weeks=1).text.startswith("The next week. ")


def test_the_words_of_a_task_are_in_no_caseload() -> None:
    case = add(Case(nickname="Knee"), "tasks", {"id": "t1", "what": "SECRET", "due": "2026-12-01"})
    figure = wb.plot.caseload([case], on=DAY)
    assert "SECRET" not in figure.text + figure.svg
    assert "in 2 days, Dec 1, 2026, to do" in figure.text


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: wb.plot.timeline(Case()), "A timeline needs two dates"),
        (lambda: wb.plot.caseload([]), "There is no workbook to show"),
        (lambda: wb.plot.caseload([Case()], weeks=0), "A caseload shows 1 to 52 weeks"),
        (lambda: wb.plot.timeline(3), r"Write wb\.plot\.timeline\(case\)"),
    ],
)
def test_mistakes_are_one_sentence(make: Any, sentence: str) -> None:
    with pytest.raises(NotebookMistake, match=sentence):
        make()
