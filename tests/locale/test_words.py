"""Every shipped text is translatable: it is in the template, and the pseudo-language marks it wherever it is shown."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tests.texts import everything
from workbook import locale
from workbook.cli.messages import template
from workbook.documents import export
from workbook.session import demo


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_LANGUAGE", locale.PSEUDO)


def test_the_template_is_valid_and_has_texts_of_every_room() -> None:
    found = {str(m.id) for m in read_po(io.BytesIO(template()))}
    for text in (
        "When {do you|does the patient} need to decide?",  # the model
        "They confirmed it arrived",  # a vocabulary
        "Is it possible to wait a few weeks? What could happen?",  # a pack
        "Questions for the visit",  # a document
        "Add another {item}",  # the browser's own words
    ):
        assert text in found, text
    assert len(found) > 900


def test_a_po_file_changes_the_words(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "es.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Yes"\nmsgstr "Sí"\n'
    )
    monkeypatch.setattr(locale, "HERE", tmp_path)
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "es")
    assert locale.languages() == ["en", "es"]
    assert locale.tr("Yes") == "Sí"
    assert locale.tr("No") == "No", "what a language lacks stays English"


def test_a_translation_with_an_unknown_placeholder_is_ignored(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "{n} days left"\nmsgstr "encore {nombre} jours"\n\nmsgid "{n} days ago"\nmsgstr "il y a {n} jours"\n'
    )
    monkeypatch.setattr(locale, "HERE", tmp_path)
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "fr")
    assert locale.tr("{n} days left").format(n=3) == "3 days left"
    assert locale.tr("{n} days ago").format(n=3) == "il y a 3 jours"


@pytest.mark.parametrize("document", ["summary", "blank"])
def test_no_text_of_a_document_is_hard_coded(pseudo: None, document: str) -> None:
    case = demo.cases()[0]
    typed = set(_strings(case.model_dump(mode="json")))
    doc = export.tree(case, document, dt.date(2026, 12, 3))
    plain = [w for w in _strings({k: doc[k] for k in ("title", "blocks", "footer", "watermark")}) if _bare(w, typed)]
    assert plain == []


def _bare(text: str, typed: set[str]) -> bool:
    """Whether our text occurs outside the marks, and outside what a person typed."""
    left, inner = text, 1
    while inner:  # a translated word inside a translated sentence
        left, inner = re.subn(r"⟦[^⟦⟧]*⟧", " ", left)
    for own in sorted(typed, key=len, reverse=True):
        left = left.replace(own, " ") if len(own) > 3 else left
    return bool(re.search(r"[a-z]{3}", left))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("k", "tone", "href", "mark", "mime", "id"):
                yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
    elif isinstance(node, str):
        yield from (line for line in node.split("\n") if line.strip())


def test_extraction_gives_each_text_once() -> None:
    texts = [f.text for f in everything()]
    assert len(texts) == len(set(texts))
