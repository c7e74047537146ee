"""The page of choices has the words of the opinions, a column a choice, and nothing that nobody said."""

from __future__ import annotations

import pytest

from tests import builders
from tests.documents import paper
from tests.documents.everything import DEMOS, assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.documents import export


def table(case: Case, **wanted: object) -> list[list[str]]:
    doc = export.tree(case, "options", paper.TODAY, **wanted)
    (found,) = [b for b in doc["blocks"] if b["k"] == "table"]
    rows = [found["columns"], *found["rows"]]
    return [["".join(run["t"] for run in cell) for cell in row] for row in rows]


def two_opinions() -> Case:
    case = put(builders.case(), "opinions.o-first.recommended", "Replace the knee")
    case = put(case, "opinions.o-first.feared_risks", "It gets worse")
    case = put(case, "opinions.o-first.alternatives", "Wait and see\nAn injection")
    return add(
        case,
        "opinions",
        {
            "id": "o2",
            "clinician": "c-second",
            "recommended": "wait and see.",
            "recovery": "No recovery needed",
            "if_wait": "Little risk for half a year",
            "reasons": "The cartilage is thick enough",
        },
    )


def test_each_choice_is_a_column_and_a_choice_that_two_name_is_one() -> None:
    heads, who, *rows = table(two_opinions())
    assert heads == ["Topic", "Replace the knee", "wait and see", "An injection"]
    assert who[1] == "Recommended by Dr. Solveig Marsh-Invented"
    assert who[2] == "Recommended by Dr. Teodor Quill-Invented\nNamed by Dr. Solveig Marsh-Invented"
    said = {row[0]: row[1:] for row in rows}
    assert said["What they are most concerned about"][0] == "It gets worse"
    assert said["Recovery"][1] == "No recovery needed"
    assert said["If we wait"] == ["\n\n", "Little risk for half a year", "\n\n"], "nothing is made up"


def test_what_matters_is_a_row_each_with_boxes() -> None:
    case = add(two_opinions(), "goal.values", {"id": "v1", "text": "Walk the dog"})
    rows = table(case)
    assert rows[-1][0] == "Fits: Walk the dog"
    assert all(cell.count("☐") == 3 for cell in rows[-1][1:])


def test_without_opinions_it_is_a_form_to_fill_in() -> None:
    heads, *rows = table(Case())
    assert heads == ["Topic", "Choice 1", "Choice 2"]
    assert {cell for row in rows[:-1] for cell in row[1:]} == {"\n\n"}


def test_too_many_choices_are_named_below() -> None:
    case = put(two_opinions(), "opinions.o-first.alternatives", "\n".join(f"Choice {n}" for n in range(9)))
    words = paper.text(case, "options")
    assert "Also named: Choice 2; Choice 3" in words
    assert len(table(case)[0]) == 5
    assert len(table(case, large=True)[0]) == 3


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_case_fits_one_page(name: str) -> None:
    case = DEMOS[name]
    assert len(paper.reader(case, "options", paper.day_of(case)).pages) == 1


@pytest.mark.parametrize("name", some(2))
def test_any_text_gives_a_page(name: str) -> None:
    case = two_opinions()
    for path in ("opinions.o2.recommended", "opinions.o-first.reasons", "opinions.o-first.alternatives"):
        case = put(case, path, TEXTS[name][:2000])
    assert_printed(case, "options", paper.TODAY)
