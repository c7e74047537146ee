"""PDFs: pages, text or pictures, encrypted, damaged; opened in a child process that may crash on one file only."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import samples
from tests.scan import papers
from workbook.scan.formats import dispatch, pdf
from workbook.scan.values import File, Named

PLAIN = papers.pdf("ULTRASOUND LEFT BREAST 10/14/2026 at Harrow Ridge Imaging Center", "second page of the report")


def read(data: bytes) -> File:
    return dispatch.read(papers.source(data), "pdf", data[:8192])


@pytest.mark.parametrize(("path", "facts"), samples.facts("pdf"))
def test_a_sample_agrees_with_poppler(path: str, facts: dict[str, Any]) -> None:
    file = dispatch.read(papers.sample(path), "pdf", b"%PDF")
    if "error" in facts:
        assert file.status == "refused"
        assert file.why == "The PDF is locked. Ask for the password or an unlocked copy."
        return
    assert (file.status, file.pages) == ("ok", facts["pages"])
    assert file.is_scan == (facts["text_chars"] == 0 and facts["images"] > 0)


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("pdf/javascript.pdf", "ok", "was not run"),
        ("pdf/page_loop.pdf", "damaged", "damaged"),
        ("truncated/report.pdf", "damaged", "damaged"),
        ("empty/report.pdf", "damaged", "empty"),
    ],
)
def test_a_broken_sample_is_a_row_with_its_reason(path: str, status: str, word: str) -> None:
    file = dispatch.read(papers.sample(f"broken/{path}"), "pdf", b"%PDF")
    assert file.status == status
    assert word in file.why


def test_a_report_gives_its_pages_and_the_studies_it_names_and_keeps_no_text() -> None:
    file = read(PLAIN)
    assert (file.status, file.pages, file.is_scan) == ("ok", 2, False)
    assert file.document is not None
    assert file.document.studies == [Named("US", "BREAST", "2026-10-14")]
    assert "Harrow" not in str(file)


def test_a_pdf_without_its_end_is_reported_as_truncated() -> None:
    assert read(papers.pdf("A page of some length that can still be read", end=b"")).status == "damaged"


@pytest.mark.parametrize(
    "more",
    [
        b"5 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj",
        b"5 0 obj<</S/J#61vaScript>>endobj",
        b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n"
        + zlib.compress(b"9 0 <</S/Launch/F(a.exe)>>")
        + b"\nendstream endobj",
    ],
)
def test_active_content_of_a_pdf_is_reported(more: bytes) -> None:
    assert "was not run" in read(papers.pdf("A page", more=more)).why
    assert read(papers.pdf("A page")).why == ""


@pytest.mark.slow
def test_a_file_that_exhausts_memory_ends_the_child_and_not_the_scan() -> None:
    press = zlib.compressobj(9)
    packed = b"".join(press.compress(b" " * (1 << 20)) for _ in range(700)) + press.flush()
    stream = b"11 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj" % (len(packed), packed)
    bomb = read(papers.pdf("A page", more=stream))
    assert (bomb.status, bomb.document) == ("damaged", None)
    assert read(PLAIN).pages == 2


def test_a_file_too_large_to_open_is_still_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LARGEST", 10)
    file = read(PLAIN)
    assert (file.status, file.pages) == ("ok", None)
    assert "it was not read" in file.why


def _mutated(count: int) -> None:
    pieces = [b"<<", b">>", b"stream\n", b"9999999999", b"1 0 R", b"[", b"\xff\0", b""]

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.integers(0, 40), st.sampled_from(pieces)), max_size=4))
    def check(changes: list[tuple[int, int, bytes]]) -> None:
        data = PLAIN
        for place, length, piece in changes:
            data = data[:place] + piece + data[place + length :]
        file = read(data)
        assert file.status in ("ok", "damaged", "refused")
        assert "make sense" not in file.why, "an error that nobody foresaw"

    check()


def test_a_few_mutated_files_do_not_end_the_scan() -> None:
    _mutated(100)


@pytest.mark.long
def test_many_mutated_files_do_not_end_the_scan() -> None:
    _mutated(5_000)
