"""The person's own PDF has the case file inside when they ask for it; no other PDF has anything inside."""

from __future__ import annotations

import io
from typing import Any

import pdfua
import pypdf
import pytest

from tests.documents.everything import DEMOS, abouts
from tests.documents.full_case import full_case
from workbook.case import add, dump, parse
from workbook.documents import catalog, export
from workbook.documents.case_file import CARRIERS
from workbook.errors import CannotExport
from workbook.scan.formats import carried

from .fhir_bundles import DAY

CASES = {**DEMOS, "full": full_case()}


def own(name: str, reader: str, **wanted: Any) -> bytes:
    return export.make(CASES[name], "summary", "pdf", DAY, reader=reader, with_case_file=True, **wanted)


def read(printed: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(printed))


@pytest.mark.parametrize("reader", CARRIERS)
@pytest.mark.parametrize("name", CASES)
def test_the_case_comes_back_whole_and_the_bytes_are_the_same_every_time(name: str, reader: str) -> None:
    printed = own(name, reader)
    assert printed == own(name, reader)
    assert carried.case_file(printed) == dump(CASES[name])
    assert parse(carried.case_file(printed)) == CASES[name]


@pytest.mark.parametrize("reader", CARRIERS)
@pytest.mark.parametrize("name", CASES)
def test_it_is_for_the_archive_and_for_everybody(name: str, reader: str, tmp_path: Any) -> None:
    """PDF/A-3a, and PDF/UA-1 as every other PDF."""
    printed = own(name, reader)
    about = read(printed).trailer["/Root"]["/Metadata"].get_data().decode()
    for said in ("<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "pdfuaid:part>1<"):
        assert said in about
    file = tmp_path / "own.pdf"
    file.write_bytes(printed)
    assert [f"{finding.rule_id} {finding.message}" for finding in pdfua.validate(str(file)).findings] == []


def test_the_first_page_says_what_is_inside() -> None:
    text = " ".join(read(own("demo-breast", "full")).pages[0].extract_text().split())
    assert "Keep this file for yourself" in text
    assert "also what is private" in text
    plain = export.make(CASES["demo-breast"], "summary", "pdf", DAY, reader="full")
    assert "Keep this file for yourself" not in read(plain).pages[0].extract_text()


def test_what_is_private_is_inside_and_not_on_the_pages() -> None:
    secret = "Invented-secret pills"
    case = add(CASES["demo-breast"], "health.medications", {"id": "s1", "name": secret, "private": True})
    printed = export.make(case, "summary", "pdf", DAY, reader="full", with_case_file=True)
    assert secret.encode() in carried.case_file(printed)
    assert secret not in " ".join(page.extract_text() for page in read(printed).pages)


def test_nobody_else_gets_it() -> None:
    for document in catalog.DOCUMENTS.values():
        about = abouts(CASES["demo-breast"], document.name, DAY)[0]
        for form in document.formats:
            for reader in catalog.READERS if document.name == "summary" else ("clinician",):
                if (document.name, form) == ("summary", "pdf") and reader in CARRIERS:
                    continue
                with pytest.raises(CannotExport, match="Only the PDF of everything"):
                    export.make(
                        CASES["demo-breast"], document.name, form, DAY, about=about, reader=reader, with_case_file=True
                    )


def test_no_pdf_has_anything_inside_that_nobody_asked_for() -> None:
    """So nothing leaves in a reader's copy that its pages do not show."""
    for document in catalog.DOCUMENTS.values():
        if "pdf" in document.formats:
            for reader in catalog.READERS if document.name == "summary" else ("clinician",):
                about = abouts(CASES["demo-breast"], document.name, DAY)[0]
                printed = export.make(CASES["demo-breast"], document.name, "pdf", DAY, about=about, reader=reader)
                assert not read(printed).attachments, document.name
                assert b"EmbeddedFile" not in printed


def test_the_name_of_the_file_says_it() -> None:
    how = {"reader": "full", "with_case_file": True}
    assert export.file_name(CASES["full"], "summary", "pdf", DAY, **how) == "summary-full-with-case-file-2026-11-28.pdf"
