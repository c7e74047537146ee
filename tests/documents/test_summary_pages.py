"""A clinician's summary keeps to two pages, four in large print, whatever was typed; and it says what it leaves out."""

from __future__ import annotations

import datetime as dt
import io
import random
import re

import pypdf
import pytest

from tests.documents.everything import DEMOS, paragraphs
from tests.documents.full_case import DAY, LONG, full_case
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.documents.audience.redact import seen_by
from workbook.documents.render.pdf.typeset import render
from workbook.documents.summary.limits import LEVELS, shorter
from workbook.documents.summary.parts import limits_for
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.documents.tree.height import Ruler, pages

FULL = full_case()


def printed(case: Case, day: dt.date = DAY, **wanted: object) -> list[str]:
    """The text of each page of the PDF."""
    pdf = export.make(case, "summary", "pdf", day, **wanted)  # type: ignore[arg-type]
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_a_full_case_has_two_pages_and_four_in_large_print(paper: str) -> None:
    assert len(printed(FULL, paper=paper)) == 2
    assert len(printed(FULL, paper=paper, large=True)) <= 4


def _odd_case(seed: int) -> Case:
    """A case whose answers, lists and alphabets vary widely."""
    pick = random.Random(seed)
    words = pick.choice(
        ["MRI of the left knee with contrast", "Ωμέγα και άλφα", "донесение о ткани", "نص عربي طويل", "w" * 30]
    )
    text = " ".join([words] * pick.randrange(1, 40))[: pick.randrange(20, 1500)]
    case = full_case(f"odd{seed}", text=text, records=pick.randrange(60), questions=pick.randrange(40))
    for path in pick.sample(["opinions", "health.results", "health.medications", "clinicians", "parties"], 2):
        case = put(case, path, {"clinicians": case.clinicians}.get(path, type(case.opinions)()))
    for number in range(pick.randrange(12)):
        case = add(
            case, "health.results", {"id": f"x{number}", "name": text[:200], "value": text[:100], "unit": "g/dL"}
        )
    return case


@pytest.mark.parametrize("seed", range(12))
def test_no_case_has_more_pages(seed: int) -> None:
    case = _odd_case(seed)
    assert len(printed(case)) <= 2
    assert len(printed(case, large=True)) <= 4


def test_what_matters_most_is_never_left_out() -> None:
    for wanted in ({}, {"large": True}):
        found = printed(FULL, **wanted)
        words, first = " ".join(found), found[0]
        for there in ("Gadolinium contrast (Anaphylaxis, 2022)", "Penicillin", "Apixaban", "Decide by", "Dec 18, 2026"):
            assert there in first
        for there in ("Pacemaker, 2019", "eGFR 48", "Question 4", "Question 8", "Question 12", "(410) 555-0112"):
            assert there in words


def test_what_is_left_out_is_counted_and_named() -> None:
    words = " ".join(printed(FULL))
    for there in ("more, in the question list", "more, in the packet index", "see the comparison of the opinions"):
        assert there in words
    left, there = (
        int(re.search(r"(\d+) more, in the question list", words)[1]),
        len(re.findall(r"Question \d+:", words)),
    )  # type: ignore[index]
    assert left + there == 24


@pytest.mark.parametrize("name", DEMOS)
def test_an_ordinary_case_is_printed_whole(name: str) -> None:
    case = DEMOS[name]
    day = dt.date.fromisoformat(case.demo_today or "")
    limits = limits_for(seen_by(case), day, "clinician")
    assert limits.letters == LEVELS[0].letters
    assert limits.questions == LEVELS[0].questions
    assert "…" not in " ".join(printed(case, day))


def test_every_format_says_the_same_much() -> None:
    page = export.make(FULL, "summary", "html", DAY).decode()
    tree = " ".join(paragraphs(export.tree(FULL, "summary", DAY)))
    assert tree.count("Question ") == page.count("Question ")
    assert "Question 5:" not in page or "Question 5:" in tree


@pytest.mark.parametrize("seed", range(6))
def test_the_estimate_of_pages_is_that_of_the_pdf(seed: int) -> None:
    """Never fewer than there are, and at most one more."""
    pick = random.Random(seed)
    made: list[B.Block] = []
    for number in range(pick.randrange(8, 60)):
        text = LONG[: pick.randrange(10, len(LONG))]
        made += [
            [B.para(text)],
            [B.heading(2, text[:40]), B.details([(text[:12], text), (text[:9], text[:30]), (text[:9], text)])],
            [B.table("", ["A", "B", "C"], [[text[:20], text, text[:50]]] * pick.randrange(1, 9), [1, 3, 2])],
            [B.callout(text[:30], [text, text[:60]])],
            [B.listing([text, text[:20]], ordered=True)],
        ][number % 5]
    doc = B.document("A document", made, subject="Walter Example", footer=LONG, size=pick.choice([9.4, 10.5, 18]))
    ruler = Ruler(doc["size"])
    counted = pages([ruler.head(doc), *ruler.measured([*made, B.para(LONG)])])
    there = len(pypdf.PdfReader(io.BytesIO(render(doc, DAY))).pages)
    assert there <= counted <= there * 1.25 + 1


def test_a_text_is_cut_at_a_word() -> None:
    assert shorter("Pain in the left leg since May", 17) == "Pain in the left\u00a0…"
    assert shorter("Pain", 4) == "Pain"
    assert shorter("x" * 50, 10) == "x" * 10 + "\u00a0…"
