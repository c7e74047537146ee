"""Word processor files: their words name studies and a patient; hostile ones are bounded."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from tests.scan.test_archives import look, rows
from workbook.scan import limits
from workbook.scan.formats.office import rtf_words
from workbook.scan.values import File

LINES = ("RADIOLOGY REPORT", "Patient: Ada Quill  DOB: 01/02/1970", "EXAM: MRI BRAIN 10/14/2026", "No acute finding.")


def word(*lines: str, header: str = "") -> bytes:
    """A Word document of these paragraphs, written by the library for them."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(**parts: str) -> bytes:
    """A packed document of these parts; `__` in a name stands for a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def the_row(data: bytes, name: str = "a") -> File:
    (row,) = rows(data, name).values()
    return row


ODT = zipped(
    mimetype="application/vnd.oasis.opendocument.text",
    content_xml="<office:text>" + "".join(f"<text:p>{line}</text:p>" for line in LINES) + "</office:text>",
)
RTF = (r"{\rtf1\ansi{\fonttbl{\f0 Patient: Nobody;}}" + r"\par ".join(LINES) + "}").encode()


@pytest.mark.parametrize("data", [word(*LINES), ODT, RTF], ids=["docx", "odt", "rtf"])
def test_a_report_is_read_whatever_it_was_written_with(data: bytes) -> None:
    row = the_row(data)
    assert (row.kind, row.status, row.patient.name, row.patient.birth) == ("office", "ok", "Ada Quill", "1970-01-02")
    assert row.document is not None
    assert [(one.modality, one.date) for one in row.document.studies] == [("MR", "2026-10-14")]
    assert row.document.notes[1].endswith(" words.")


def test_a_name_in_a_header_counts() -> None:
    assert the_row(word("Findings: none.", header="Patient: Ada Quill DOB 01/02/1970")).patient.name == "Ada Quill"


@pytest.mark.parametrize(
    ("stream", "told"),
    [
        ("WordDocument", "An old Word document. Its words were not read. Open it, and see what it is."),
        ("Workbook", "An old Excel file. It was not read. Open it, and see what it is."),
        ("__properties_version1.0", "A saved e-mail. It was not read. Open it, and see what is attached."),
        ("Something", "An old Office file. It was not read. Open it, and see what it is."),
    ],
)
def test_old_office_files_are_named(stream: str, told: str) -> None:
    row = the_row(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600))
    assert row.document is not None
    assert row.document.notes == [told]


def test_embedded_files_and_programs_are_told_and_not_opened() -> None:
    why = "It contains another file or a program. That was not opened."
    assert the_row(zipped(word__document_xml="<w:t>Note</w:t>", word__vbaProject="x")).why == why
    rtf = rb"{\rtf1 Note{\object\objemb{\*\objdata 4d5a9000}}}"
    assert the_row(rtf).why == why
    assert rtf_words(rtf) == "Note"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (rb"{\rtf1 a\par b\line c\tab d}", "a\nb\nc\td"),
        (rb"{\rtf1\ansi M\'e9dica \u9786?\u-3913? end}", "Médica ☺\uf0b7 end"),
        (rb"{\rtf1\uc2 \u233\'c3\'a9t}", "ét"),
        (rb"{\rtf1 \{x\}\\y{\*\generator hidden {\b deep}}z}", "{x}\\yz"),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}}", "shown"),
        (rb"{\rtf1 no end", "no end"),
        (rb"}}}}{\rtf1 x}", "x"),
        (rb"{\rtf1 \u55357?}", "�"),
        (b"{\\rtf1 " + b"{" * 100_000, ""),
    ],
)
def test_rtf_is_read_as_words(text: bytes, words: str) -> None:
    assert rtf_words(text) == words


def test_a_document_that_unpacks_to_far_more_is_refused() -> None:
    bomb = zipped(word__document_xml="<w:t>" + " " * (40 * limits.MIB) + "</w:t>")
    row = the_row(bomb)
    assert (row.status, row.why) == ("refused", "It unpacks to far more than it should. It was not opened.")


def test_a_cut_document_is_damaged() -> None:
    row = the_row(word(*LINES)[:-400])
    assert (row.status, row.why) == ("damaged", "The document is damaged or cut short. Ask for it again.")


def test_a_packed_file_of_another_program_is_named() -> None:
    row = the_row(zipped(mimetype="application/epub+zip"))
    assert row.document is not None
    assert row.document.notes[0] == "A packed file of a program. Open it, and see what it is."
    assert look(zipped(mimetype="x")).stopped == ""
