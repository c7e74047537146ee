"""Opinions side by side: agreement never without who saw what; three opinions fit; nothing private."""

from __future__ import annotations

import re

import pytest

from tests import builders
from tests.documents import paper
from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.session import demo

BREAST, SPINE = demo.cases()
SAME = "both have seen the same ones"
NOT_SAME = "They have not seen the same records yet"
NOT_KNOWN = "We do not yet know whether they saw the same records"


def three() -> Case:
    case = add(BREAST, "clinicians", {"id": "third", "name": "Dr. Wilhelmina Thistle-Invented", "role": "third"})
    long = "A third view, with words enough to fill a narrow column of a table over several lines"
    opinion = {"id": "o3", "clinician": "third", "on": "2026-12-02", "diagnosis": long, "recommended": long}
    return add(case, "opinions", {**opinion, "reasons": long, "form": "draft"})


def test_agreement_is_shown_with_who_saw_what() -> None:
    words = paper.text(BREAST, "comparison", paper.day_of(BREAST))
    for part in (
        "Diagnosis: similar, but more specific. Treatment: different.",
        "They did not see the same records",
        NOT_SAME,
        "Who has seen which records",
        "Marisol and Perpetua",
        "Ask each one for their top reasons, in plain words.",
        "Perpetua, by Dec 4, 2026",
    ):
        assert part in words


@pytest.mark.parametrize("answer", ["same", "different", "cannot_say"])
def test_no_agreement_without_its_status(answer: str) -> None:
    case = put(builders.case(), "compare.diagnosis_class", answer)
    case = add(case, "opinions", {"id": "o2", "clinician": "c-second", "diagnosis": "Torn", "on": "2026-11-01"})
    words = paper.text(case, "comparison")
    assert NOT_SAME in words or NOT_KNOWN in words
    for who in ("c-first", "c-second"):
        case = put(case, f"viewed.r-mri.{who}.how", "images")
    assert SAME in paper.text(case, "comparison")


def test_three_opinions_fit_side_by_side() -> None:
    case = three()
    pages = paper.reader(case, "comparison", paper.day_of(case)).pages
    assert len(pages) <= 2
    words = " ".join(" ".join(p.extract_text() for p in pages).split())
    for name in ("(first)", "(second)", "(third)"):
        assert name in words
    assert "Not yet known who has seen" in words or "not known" in words


def test_who_saw_what_has_a_mark_beside_each_word() -> None:
    page = export.make(BREAST, "comparison", "html", paper.day_of(BREAST)).decode()
    table = page.partition("Who has seen which records")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.S)
    assert [row.count("<svg") for row in rows] == [2] * len(rows)
    marks_of = {}
    for mark, words in re.findall(r"(<svg.*?</svg>) ([a-z ]+)<", table):
        assert marks_of.setdefault(words, mark) == mark
    assert len({marks_of[words] for words in ("images", "not seen", "not there yet")}) == 3


def test_a_therapy_note_that_was_read_lacks_nothing() -> None:
    words = paper.text(SPINE, "comparison", paper.day_of(SPINE))
    row = words.partition("PT summary 8 visits")[2][:60]
    assert "read it" in row
    assert "report only" not in row


def test_fresh_eyes_end_once_both_opinions_are_in() -> None:
    case = put(builders.case(), "records.show_first_conclusion", "no")
    assert "Worn cartilage" not in paper.text(case, "comparison")
    case = add(case, "opinions", {"id": "o2", "clinician": "c-second", "diagnosis": "Torn", "on": "2026-11-01"})
    assert "Worn cartilage" in paper.text(case, "comparison")


def test_an_empty_case_and_one_opinion_say_what_is_missing() -> None:
    assert "none recorded yet" in paper.text(Case(), "comparison")
    assert "A second opinion to compare with the first." in paper.notes(builders.case(), "comparison")


def test_private_opinions_are_left_out() -> None:
    case = put(BREAST, "opinions.opinion-second.private", True)
    assert "Lumpectomy then radiation" not in paper.text(case, "comparison", paper.day_of(case))


@pytest.mark.parametrize("name", some(3))
def test_any_text(name: str) -> None:
    case = put(SPINE, "opinions.opinion-first.reasons", TEXTS[name][:3000])
    case = put(case, "compare.notes", TEXTS[name][:3000])
    case = put(case, "compare.tie_breaker.tie-third.plan", TEXTS[name][:500])
    assert_printed(case, "comparison", paper.day_of(case), paper="a4", large=True)
    assert "<script" not in export.make(case, "comparison", "html", paper.day_of(case)).decode().lower()
