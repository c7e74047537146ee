"""A case file is taken out of a PDF within limits; any other PDF gets one sentence that says what to do."""

from __future__ import annotations

import datetime as dt
import io
import zlib

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from tests import builders
from workbook.case import dump
from workbook.documents import export
from workbook.errors import BadFile
from workbook.scan.formats import carried, carried_worker

DAY = dt.date(2026, 11, 28)
CASE = builders.case("hip", nickname="Hip")


@pytest.fixture(scope="module")
def own() -> bytes:
    return export.make(CASE, "summary", "pdf", DAY, reader="full", with_case_file=True)


def holding(**files: bytes) -> bytes:
    """A PDF of one empty page with these files inside."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    for name, data in files.items():
        writer.add_attachment(name.replace("_", "-") + ".json", data)
    return _written(writer)


def _written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def why(data: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        carried.case_file(data)
    return str(refused.value)


def test_it_comes_back_as_it_was(own: bytes) -> None:
    assert carried.is_pdf(own)
    assert carried.case_file(own) == dump(CASE)


def test_it_comes_back_from_a_copy_that_another_program_saved(own: bytes) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(own))
    writer.compress_identical_objects()
    assert carried.case_file(_written(writer)) == dump(CASE)


def test_a_pdf_without_a_case_file_says_what_to_choose() -> None:
    assert why(holding()).startswith("This PDF has no workbook inside. Choose a file that was saved from a workbook")
    assert why(holding(notes=b"{}")).startswith("This PDF has no workbook inside.")


def test_a_locked_pdf_says_what_to_do(own: bytes) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(own))
    writer.encrypt("heron", algorithm="RC4-128")
    assert why(_written(writer)).startswith("This PDF is locked with a password.")


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_pdf_that_is_cut_short_is_refused(own: bytes, share: float) -> None:
    assert why(own[: int(len(own) * share)]).startswith("This PDF")


def test_words_that_are_no_text_are_refused() -> None:
    assert why(holding(workbook_case=b"\xff\xfe{")) == "This PDF is damaged or cut short. Try another copy."


def bomb(size: int) -> bytes:
    """A PDF whose case file unpacks to that many bytes."""
    packer = zlib.compressobj(1)
    piece = bytes(1 << 20)
    packed = b"".join([*(packer.compress(piece) for _ in range(size >> 20)), packer.flush()])
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(holding(workbook_case=b"{}")))
    (place,) = (
        n for n, held in enumerate(writer._objects) if isinstance(held, dict) and held.get("/Type") == "/EmbeddedFile"
    )
    stream = DecodedStreamObject()
    stream.set_data(packed)
    stream.update({NameObject("/Type"): NameObject("/EmbeddedFile"), NameObject("/Filter"): NameObject("/FlateDecode")})
    writer._objects[place] = stream
    return _written(writer)


def test_more_than_a_case_file_can_be_is_refused() -> None:
    data = bomb(60 << 20)
    assert len(data) < 1 << 20
    assert why(data) == "What is inside this PDF is too large to be a workbook file. Choose another file."


def test_what_would_fill_the_memory_ends_the_child_alone() -> None:
    """The next file is read all the same."""
    assert why(bomb(carried_worker.MEMORY)).startswith(("This PDF is damaged", "What is inside this PDF is too large"))
    with pytest.raises(BadFile, match="no workbook inside"):
        carried.case_file(holding())


def test_only_the_first_attachments_are_looked_through() -> None:
    many = {f"n{number:03}": b"{}" for number in range(carried_worker.MOST + 5)}
    assert why(holding(**many, workbook_case=dump(CASE))).startswith("This PDF has no workbook inside.")
