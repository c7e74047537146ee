"""A file that claims too much is a row with a reason, in little time and memory, whatever its format."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import sys
import time
import tracemalloc
import warnings
import zipfile
import zlib
from typing import Any

import pycdlib
import pytest
from pydicom.config import disable_value_validation

from tests.scan import made
from tests.scan.test_archives import look, packed
from workbook.scan import limits
from workbook.scan.show import report
from workbook.scan.show.looked import Looked
from workbook.scan.values import File, Inventory

SECONDS, MEMORY = 4, 120  # of processor time, and MB beyond the file itself


def bounded(data: bytes, name: str = "a") -> dict[str, File]:
    """The rows of a file by path, read within the limits; each output works."""
    tracemalloc.start()
    start = time.process_time()
    try:
        found = look(data, name)
        assert time.process_time() - start < SECONDS
        assert tracemalloc.get_traced_memory()[1] < MEMORY << 20
    finally:
        tracemalloc.stop()
    _told(found)
    return {file.path: file for file in found.files}


def _told(found: Inventory) -> None:
    assert all(file.why for file in found.files if file.status != "ok")
    assert len(report.text(found)) < 100_000
    assert len(Looked(found)._repr_html_()) < 200_000


def iso(name: str, data: bytes) -> bytes:
    """A copied disc with one file."""
    disc = pycdlib.PyCdlib()
    disc.new(interchange_level=3, joliet=3)
    disc.add_fp(io.BytesIO(data), len(data), f"/{name.upper()};1", joliet_path=f"/{name}")
    out = io.BytesIO()
    disc.write_fp(out)
    disc.close()
    return out.getvalue()


def gigabytes(count: int, said: int | None = None) -> bytes:
    """A gzip of so many GB of zeros, about 1 MB for each, with the size that its end tells."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = pack.compress(bytes(limits.MIB)) + pack.flush(zlib.Z_FULL_FLUSH)
    size = count * limits.GIB if said is None else said
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush() + struct.pack("<II", 0, size % (1 << 32))
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * (count * 1024) + end


@pytest.mark.parametrize("around", ["iso", "zip", "zip in zip", "gzip"])
def test_a_zip_bomb_inside_an_archive(around: str) -> None:
    bomb = packed(("zeros.dcm", bytes(40 * limits.MIB)))
    inner = packed(("bomb.zip", bomb), method=zipfile.ZIP_STORED)
    data = {
        "iso": lambda: iso("bomb.zip", bomb),
        "zip": lambda: inner,
        "zip in zip": lambda: packed(("inner.zip", inner), method=zipfile.ZIP_STORED),
        "gzip": lambda: gzip.compress(bomb),
    }[around]()
    rows = bounded(data, "disc.zip" if "zip" in around else "disc.iso")
    assert "refused" in {row.status for row in rows.values()}
    assert not any(row.image or row.document for row in rows.values())


@pytest.mark.parametrize("said", [None, 0, 1000, 1_900_000_000])
def test_a_gzip_of_ten_gigabytes(said: int | None) -> None:
    rows = bounded(gigabytes(10, said), "scan.dcm.gz")
    assert all(row.status in ("refused", "damaged") or row.kind == "other" for row in list(rows.values())[1:])
    assert sum(row.status == "ok" for row in rows.values()) <= 2, "named as a file of no known kind"


@pytest.mark.parametrize("kind", ["plain", "compressed"])
def test_an_image_that_claims_ten_thousand_frames(kind: str) -> None:
    data = made.image(NumberOfFrames=10_000, PixelData=bytes(32), syntax="explicit" if kind == "plain" else "jpeg")
    (row,) = bounded(data).values()
    assert row.image is not None
    assert (row.status, row.image.frames) == ("damaged", 1)
    assert "more pictures than a file of its size" in row.why


def test_frames_that_are_there_are_believed() -> None:
    (row,) = bounded(made.image(NumberOfFrames=100)).values()
    assert row.image is not None
    assert (row.status, row.image.frames) == ("ok", 100)


def pdf(pages: int) -> bytes:
    """A PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % n for n in range(3, pages + 3))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * pages
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


@pytest.mark.parametrize(("pages", "status"), [(50_000, "ok"), (60_000, "refused")])
def test_a_pdf_of_fifty_thousand_pages(pages: int, status: str) -> None:
    (row,) = bounded(pdf(pages)).values()
    assert row.status == status
    assert row.pages == (pages if status == "ok" else None)
    assert ("too many pages" in row.why) == (status == "refused")


LONG = "Quill" * 13_000


def _with_long_names(name: str) -> bytes:
    with disable_value_validation(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return made.image(PatientName=f"{name}^Ada", StudyDescription=name)


@pytest.mark.parametrize("place", ["zip", "gzip", "DICOM", "FHIR", "C-CDA", "table", "text"])
def test_a_name_of_64_kb(place: str) -> None:
    patient = {"resourceType": "Patient", "name": [{"family": LONG, "given": [LONG]}], "birthDate": "1970-01-02"}
    out = io.BytesIO()
    with gzip.GzipFile(LONG[: 60 * 1024], "wb", fileobj=out) as packing:
        packing.write(b"a note")
    data = {
        "zip": lambda: packed((LONG + ".txt", b"a note"), ("b.txt", b"a note of more words")),
        "gzip": out.getvalue,
        "DICOM": lambda: _with_long_names(LONG[:60_000]),
        "FHIR": lambda: json.dumps(patient).encode(),
        "C-CDA": lambda: (
            '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><patient>'
            f"<name><given>Ada</given><family>{LONG}</family></name></patient></patientRole></recordTarget>"
            f"<title>{LONG}</title></ClinicalDocument>"
        ).encode(),
        "table": lambda: f"test,result,patient name\n{LONG},5,{LONG}\n".encode(),
        "text": lambda: f"Patient: {LONG}\nDOB: 01/02/1970\n".encode(),
    }[place]()
    rows = bounded(data)
    assert all(len(path) < 5000 for path in rows)
    if place == "zip":
        assert [row.status for row in rows.values()] == ["ok", "refused", "ok"]
        assert "name is far too long" in next(row.why for row in rows.values() if row.status == "refused")


def test_documents_that_refer_to_each_other() -> None:
    def document(number: int, **content: Any) -> dict[str, Any]:
        other = {"target": {"reference": f"DocumentReference/d{1 - number}"}, "code": "replaces"}
        one = {"resourceType": "DocumentReference", "id": f"d{number}", "relatesTo": [other]}
        return one | {"content": [{"attachment": {"url": f"#d{number}", **content}}], "contained": [dict(one)]}

    inner = {"resourceType": "Bundle", "entry": [{"resource": document(0)}, {"resource": document(1)}]}
    for _ in range(6):  # each holds the one before, packed into text
        data = base64.b64encode(json.dumps(inner).encode()).decode()
        both = [document(n, contentType="application/fhir+json", data=data) for n in (0, 1)]
        inner = {"resourceType": "Bundle", "entry": [{"resource": one} for one in both]}
    (row,) = bounded(json.dumps(inner).encode()).values()
    assert (row.kind, row.status) == ("fhir", "ok")
    assert row.document is not None
    assert any("2" in note for note in row.document.notes)


def test_formulas_in_a_table() -> None:
    cells = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']
    data = "test,result,unit\n" + "".join(
        f'"{cell}","{cell}","{cell}"\n' for cell in (c.replace('"', '""') for c in cells)
    )
    (row,) = bounded(data.encode()).values()
    assert (row.kind, row.status) == ("table", "ok")
    assert row.document is not None
    assert [one.name for one in row.document.results] == [cell.strip() for cell in cells], "shown as text"
    from workbook.documents.tables import csv_safe

    written = csv_safe.to_text(Looked(Inventory(documents=[row.document])).results)
    assert not [line for line in written.splitlines() if line.lstrip('"').startswith(("=", "+", "-", "@"))]
    assert all(f"'{cell.strip()[:4]}" in written for cell in cells)


@pytest.mark.parametrize("times", [1, 200_000])
def test_an_rtf_with_embedded_objects(times: int) -> None:
    inside = rb"{\object\objemb{\*\objclass Package}{\*\objdata 4d5a9000Patient: Nobody}}" + b"{" * times + b"}" * times
    (row,) = bounded(rb"{\rtf1 Patient: Ada Quill\par " + inside * 3 + b"}").values()
    assert (row.kind, row.status) == ("office", "ok")
    assert row.why == "It contains another file or a program. That was not opened."
    assert row.patient.name == "Ada Quill"


def test_objects_that_never_end_in_an_rtf() -> None:
    (row,) = bounded(rb"{\rtf1 " + rb"{\object{\*\objdata " * 100_000).values()
    assert row.kind == "office"
    assert row.why


def test_the_limits_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "MEMORY", 0)
    with pytest.raises(AssertionError):
        bounded(b"a note")
