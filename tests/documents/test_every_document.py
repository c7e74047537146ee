"""Every document in every format: it is made, reads well, discloses nothing private, and is reproducible."""

from __future__ import annotations

import io
import itertools
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.documents.everything import DAY, DEMOS, abouts, kinds, paragraphs, shares, texts, trees
from tests.documents.test_hostile_text import assert_safe, assert_ua
from tests.rules import anycase
from workbook.case import Case, CaseModel, Items, add
from workbook.case.log import Note, Visibility
from workbook.documents import export
from workbook.documents.tree import blocks

CASES = {**DEMOS, "empty": Case(id="empty0")}
STARTS = {"pdf": b"%PDF-1.7", "html": b"<!doctype html>", "docx": b"PK\x03\x04"}
# What never occurs in a letter: program artifacts, empty values, badly joined sentences.
CLUMSY = re.compile(
    r"\bNone\b|\bnan\b|\[\]|\{\}|\{\w*\}|\(\)|\(,|, ,|,\.|\.\.(?!\.)|;\.|\bDear ,|: ;|[^X ]  +[^X ]|\s,|\s\.(?=\s|$)"
)


@pytest.mark.parametrize(("name", "wanted"), shares(CASES).items())
def test_every_document_is_made_for_some_case(name: str, wanted: list[tuple[str, str]]) -> None:
    for document, form in wanted:
        made = export.make(CASES[name], document, form, DAY, about=abouts(CASES[name], document)[0])
        assert made.lower().startswith(STARTS[form].lower())


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("document", "form"), kinds())
def test_a_document_is_made_and_reproducible(name: str, document: str, form: str) -> None:
    for about in abouts(CASES[name], document):
        made = export.make(CASES[name], document, form, DAY, about=about)
        assert made.lower().startswith(STARTS[form].lower())
        assert made == export.make(CASES[name], document, form, DAY, about=about)


@pytest.mark.parametrize("name", CASES)
def test_a_document_reads_naturally(name: str) -> None:
    for made, tree in trees(CASES[name]):
        for words in paragraphs(tree):
            assert not CLUMSY.search(re.sub("_{3,}", "X", words)), (made, words)


@pytest.mark.parametrize("name", DEMOS)
def test_a_time_is_on_the_clock_of_twelve_hours(name: str) -> None:
    clocks = [
        clock
        for _, tree in trees(DEMOS[name])
        for words in texts(tree)
        for clock in re.findall(r"\d?\d:\d\d.{0,3}", words)
    ]
    assert clocks
    assert [clock for clock in clocks if not clock.endswith((" AM", " PM"))] == []


@pytest.mark.parametrize("name", DEMOS)
def test_no_internal_id_is_in_a_document(name: str) -> None:
    ids = {key for key in _ids(DEMOS[name]) if re.search(r"\d|-", key)}
    for made, tree in trees(DEMOS[name]):
        for words in texts(tree):
            assert not ids & set(re.findall(r"[\w-]+", words)), (made, words)


def _ids(node: object) -> set[str]:
    found: set[str] = set()
    for name in type(node).model_fields:  # type: ignore[attr-defined]
        value = getattr(node, name)
        if isinstance(value, Items):
            found |= set(value)
            for item in value.values():
                found |= _ids(item)
        elif hasattr(type(value), "model_fields"):
            found |= _ids(value)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_private_data_is_in_no_document_unless_selected(seed: int) -> None:
    case = _without_shared_secrets(anycase.make(seed))
    for made, tree in trees(case, anycase.TODAY):
        assert not [words for words in texts(tree) if anycase.SECRET in words], made
        blocks.check(tree)


def _without_shared_secrets(node: Any) -> Any:
    """The case without notes and own answers that may leave: the secret is in those too."""
    changed: dict[str, Any] = {}
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, Items):
            kept = [i for i in value.values() if not isinstance(i, Note) or i.visibility is Visibility.PRIVATE]
            changed[name] = Items(map(_without_shared_secrets, kept))
        elif isinstance(value, CaseModel):
            changed[name] = _without_shared_secrets(value)
        elif name == "own":
            changed[name] = {key: own for key, own in value.items() if own.private}
    return node.model_copy(update=changed)


def papers() -> list[tuple[list[str], str, str]]:
    """Each document, of one case or another and on one paper size or the other."""
    printed = [document for document, form in kinds() if form == "pdf"]
    turns = zip(itertools.cycle(CASES), printed, itertools.cycle(("us-letter", "a4")), strict=False)
    return [([name], document, paper) for name, document, paper in turns]


@pytest.mark.parametrize(
    ("names", "document", "paper"),
    [
        *papers(),
        *(
            pytest.param(list(CASES), document, paper, marks=pytest.mark.slow)
            for _, document, _ in papers()
            for paper in ("us-letter", "a4")
        ),
    ],
)
def test_its_pdf_has_a_title_a_language_bookmarks_and_page_numbers(names: list[str], document: str, paper: str) -> None:
    for case in (CASES[name] for name in names):
        about = abouts(case, document)[0]
        made = export.make(case, document, "pdf", DAY, about=about, paper=paper)
        pages = assert_ua(made)
        reader = pypdf.PdfReader(io.BytesIO(made))
        tree = export.tree(case, document, DAY, about=about)
        assert reader.metadata
        assert reader.metadata.title == tree["title"]
        assert reader.trailer["/Root"]["/Lang"].startswith(tree["lang"])
        assert reader.outline
        assert round(float(reader.pages[0].mediabox.width)) == (612 if paper == "us-letter" else 595)
        last = " ".join(reader.pages[-1].extract_text().split())
        assert f"Page {pages} of {pages}" in last


@pytest.mark.parametrize("document", [d for d, form in kinds() if form == "html"])
def test_its_page_has_no_script_and_no_other_host(document: str) -> None:
    for case in CASES.values():
        page = export.make(case, document, "html", DAY, about=abouts(case, document)[0]).decode()
        assert_safe(page)
        assert "default-src 'none'" in page


def test_every_file_has_an_impersonal_name() -> None:
    for case in DEMOS.values():
        for document, form in kinds(("pdf", "html", "docx", "ics", "json")):
            for about in abouts(case, document):
                name = export.file_name(case, document, form, DAY, about)
                assert re.fullmatch(rf"{document}(-\d+|-all|-blank)?-{DAY}\.{form}", name)


def test_a_file_is_numbered_as_its_request_is() -> None:
    case = Case(id="numbers")
    for key in ("one", "two"):
        case = add(case, "records.requests", {"id": key, "to": "Dr. Secret"})
    assert export.file_name(case, "records-request", "pdf", DAY, "two") == f"records-request-2-{DAY}.pdf"
    assert export.file_name(case, "records-request", "docx", None, "one") == "records-request-1.docx"
    assert (
        export.file_name(case, "summary", "pdf", DAY, reader="family", large=True) == f"summary-family-large-{DAY}.pdf"
    )


@pytest.mark.slow
def test_axe_finds_no_fault_in_any_page_and_it_fits_a_phone(tmp_path: Path, browser: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    looked_at = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 800}).new_page()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for made, tree in [*trees(DEMOS["demo-breast"]), *trees(CASES["empty"])]:
        path = tmp_path / "page.html"
        path.write_bytes(export.render(tree, "html", DAY))
        looked_at.goto(path.as_uri())
        assert looked_at.evaluate("document.documentElement.scrollWidth") <= 320, made
        found = Axe().run(looked_at, options={"runOnly": tags}).response["violations"]
        assert [(v["id"], v["nodes"][0]["target"]) for v in found] == [], made
