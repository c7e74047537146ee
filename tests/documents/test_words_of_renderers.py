"""The few texts that renderers add are in the current language."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents import word_parts as parts
from workbook.documents.render import html, word
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.locale import tr

DAY = dt.date(2026, 11, 22)


def test_they_follow_the_language_and_keep_their_placeholders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "qps")
    doc = B.document("T", [B.checks([(True, "x")]), B.timeline("", DAY, [(dt.date(2027, 1, 2), "y", "visit")])])
    assert doc["words"] == {name: tr(words) for name, words in B.WORDS.items()}
    assert "{page}" in doc["words"]["page"] != B.WORDS["page"]
    assert f"{tr('Done')}: " in html.render(doc)
    assert tr("Today") in parts.words(word.render(doc, DAY))
    assert tr("Done") in html.fragment([B.checks([(True, "x")])])


def test_others_can_be_passed_in() -> None:
    doc = B.document("T", [B.checks([(True, "x")])], words={"done": "Hecho"})
    assert "Hecho: " in html.render(doc)
    assert doc["words"]["to_do"] == "To do"
