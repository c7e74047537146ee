"""A file's format is detected by its bytes, whatever its name."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.scan import made
from workbook.scan.formats.sniff import kind, misnamed, plain

CDA = b'<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"/>'


def _zip(first: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(first, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (made.image(), "dicom"),
        (made.image(syntax="implicit"), "dicom"),
        (made.image(syntax="deflated"), "dicom"),
        (made.image(meta=False), "dicom"),
        (made.image(meta=False, syntax="implicit"), "dicom"),
        (made.image(meta=False, syntax="big"), "dicom"),
        (made.image()[132:], "dicom"),
        (b" " + made.image(meta=False), "dicom"),
        (made.directory([("PATIENT", {})]), "dicomdir"),
        (made.directory([("PATIENT", {})])[132:], "dicomdir"),
        (b'{"resourceType": "Patient"}', "fhir"),
        (b'\xef\xbb\xbf{"resourceType": "Patient"}', "fhir"),
        (b'[\n {"resourceType": "Patient"}]', "fhir"),
        (b'<Bundle xmlns="http://hl7.org/fhir">', "fhir"),
        (CDA, "ccda"),
        (CDA.decode().encode("utf-16"), "ccda"),
        (b'<section xmlns="urn:hl7-org:v3">', "ccda"),
        (b'<?xml version="1.0"?><!DOCTYPE HealthData [', "apple-health"),
        (b"----\nMYMEDICARE.GOV PERSONAL HEALTH INFORMATION\n", "blue-button-text"),
        (b"MY HEALTHEVET PERSONAL HEALTH INFORMATION REPORT", "blue-button-text"),
        (b"%PDF-1.4", "pdf"),
        (b"junk before\n%PDF-1.4", "pdf"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\0\0\0\x18ftypheic", "image"),
        (_zip("scan.dcm"), "archive"),
        (b"Rar!\x1a\x07\x01\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (bytes(257) + b"ustar\0", "archive"),
        (bytes(32769) + b"CD001", "archive"),
        (_zip("[Content_Types].xml"), "office"),
        (_zip("META-INF/MANIFEST.MF"), "program"),
        (b"MZ\x90\0\x03\0", "program"),
        (b"\x7fELF\x02", "program"),
        (b"\xcf\xfa\xed\xfe", "program"),
        (b"#!/bin/sh\n", "program"),
        (b"[AutoRun]\nopen=viewer.exe", "program"),
        (b"MZ said it hurts less", "text"),
        (b"<html><body>Index</body></html>", "text"),
        ("Запись".encode(), "text"),
        (b"<rss><channel/></rss>", "other"),
        (b"", "other"),
        (bytes(500), "other"),
        (b"\x08\0 not dicom at all, whatever it begins with", "other"),
    ],
)
def test_a_format_is_detected_by_the_first_bytes(head: bytes, expected: str) -> None:
    assert kind(head, "named.jpg") == expected


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_text_is_read_in_each_unicode_encoding_with_a_bom(code: str) -> None:
    data = "<a>é</a>".encode(code)
    assert plain(data) == ("<a>é</a>".encode() if code != "utf-16-le" else data)


@pytest.mark.parametrize(
    ("path", "found", "told"),
    [
        ("a/scan.jpg", "pdf", True),
        ("report.PDF", "dicom", True),
        ("x.zip", "text", True),
        ("x.zip!/report.pdf", "pdf", False),
        ("IM0001", "dicom", False),
        ("a.b/photo", "image", False),
        ("dir.dcm", "dicomdir", False),
        ("notes.xml", "ccda", False),
    ],
)
def test_a_misleading_extension_is_reported(path, found, told):
    assert bool(misnamed(path, found)) is told
