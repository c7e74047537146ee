"""Every document is made in every format from any typed text, and none of it becomes markup.

A PDF that would change a name or lose text is rejected with a message instead.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from tests.documents.everything import DAY, abouts, assert_printed, filled, kinds, shares
from tests.documents.hostile import TEXTS
from tests.documents.test_hostile_text import assert_safe, assert_ua, noise
from workbook.case import Case
from workbook.documents import export

LONG = 3000  # a page contains such an answer in hundreds of places


def assert_all_made(case: Case, wanted: list[tuple[str, str]] | None = None) -> None:
    for document, form in kinds() if wanted is None else wanted:
        about = abouts(case, document)[0]
        if form == "pdf":
            if printed := assert_printed(case, document, DAY, about=about):
                assert_ua(printed)
            continue
        made = export.make(case, document, form, DAY, about=about)
        if form == "html":
            assert_safe(made.decode())
        else:
            assert_word_safe(made)


def assert_word_safe(made: bytes) -> None:
    """Well-formed parts, no macro, no external link except allowed ones, no field except page numbers."""
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        assert not [n for n in held.namelist() if "vba" in n.lower() or "embeddings" in n]
        for name in held.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(held.read(name))
                links = [e.get("Target") for e in tree.iter() if e.get("TargetMode") == "External"]
                assert all(t and t.startswith(("http://", "https://", "mailto:", "tel:")) for t in links)
                fields = list(tree.iter("{*}instrText"))
                assert all((f.text or "").strip().split()[0] in ("PAGE", "NUMPAGES", "TOC") for f in fields)


@pytest.mark.parametrize(("name", "wanted"), shares([*TEXTS, "noise"]).items())
def test_each_text_in_some_documents_and_each_document_with_some_text(name: str, wanted: list[tuple[str, str]]) -> None:
    assert_all_made(filled(TEXTS.get(name, noise(0))[:LONG]), wanted)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_named_text_in_every_answer(name: str) -> None:
    assert_all_made(filled(TEXTS[name][:LONG]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_text_in_every_answer(seed: int) -> None:
    assert_all_made(filled(noise(seed)))


@pytest.mark.long
def test_much_random_text_in_every_answer() -> None:
    for seed in range(300):
        assert_all_made(filled(noise(seed)))


@pytest.mark.slow
def test_an_answer_of_a_hundred_thousand_characters() -> None:
    from workbook.case import put

    case = filled("word " * 4)
    for path in ("goal.own_words", "visit.after_notes", "decision.reason"):
        case = put(case, path, "long " * 20_000)
    assert_all_made(case, kinds(("html", "pdf")))
