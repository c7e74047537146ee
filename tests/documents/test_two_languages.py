"""English and a second language side by side; what a person typed appears once."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from tests import builders
from workbook.documents import export
from workbook.documents.audience.readers import READERS
from workbook.documents.tree import blocks
from workbook.documents.tree.bilingual import pair
from workbook.errors import CannotExport
from workbook.locale import language, tr
from workbook.session import demo

TODAY = dt.date(2026, 12, 3)


def words(doc: dict[str, object]) -> str:
    return json.dumps(doc, ensure_ascii=False)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", demo.cases(), ids=lambda c: c.id)
def test_every_summary_comes_in_two_languages(case: object, reader: str) -> None:
    doc = export.tree(case, "summary", TODAY, reader=reader, second="qps")  # type: ignore[arg-type]
    blocks.check(doc)
    alone = words(export.tree(case, "summary", TODAY, reader=reader))  # type: ignore[arg-type]
    found = words(doc)
    assert "⟦" in found
    assert "⟦" not in alone
    for heading in (b for b in doc["blocks"] if b["k"] == "heading"):
        text = blocks.as_text(heading["c"])
        assert "⟦" in text or text in alone


def test_typed_text_appears_once() -> None:
    case = builders.case("knee", goal__own_words="I want to dance again")
    found = words(export.tree(case, "summary", TODAY, second="qps"))
    for typed in ("I want to dance again", "Dr. Solveig Marsh-Invented", "Worn cartilage"):
        assert found.count(typed) == words(export.tree(case, "summary", TODAY)).count(typed)


def test_a_label_appears_in_both_and_its_answer_once() -> None:
    case = builders.case("knee", health__troubles="Now or later")
    (facts,) = [b for b in export.tree(case, "summary", TODAY, second="qps")["blocks"] if b["k"] == "details"][:1]
    (item,) = [i for i in facts["items"] if i["label"].startswith("Main problem")]
    assert item == {"label": "Main problem / ⟦Máín próblém⟧", "c": [{"t": "Now or later"}]}


def test_an_unknown_language_is_rejected_and_the_current_one_stays() -> None:
    before = language()
    with pytest.raises(CannotExport, match="There is no translation for that language"):
        export.make(builders.case(), "summary", "html", TODAY, second="xx")
    with pytest.raises(ZeroDivisionError):
        pair(lambda: 1 // 0, "qps")  # type: ignore[arg-type, return-value]
    assert language() == before == "en"


def test_any_document_can_be_paired_and_printed() -> None:
    for form, start in (("pdf", b"%PDF"), ("html", b"<!")):
        assert export.make(builders.case(), "blank", form, TODAY, second="qps").startswith(start)


def test_long_texts_are_side_by_side_and_differing_shapes_in_sequence() -> None:
    long = "Ask for one complete packet, with the images too, and keep a copy."

    def make() -> dict[str, object]:
        more = [blocks.heading(2, "Only here")] if language() == "qps" else []
        return blocks.document("T", [blocks.quote([blocks.para(tr(long))]), *more])

    found = re.sub(r"\s+", " ", words(pair(make, "qps")))
    assert found.count(long) == 1
    assert found.count("⟦Ask") + found.count("⟦Ásk") == 1
    assert "Only here" in found
