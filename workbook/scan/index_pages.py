"""The index of a packet as a web page, a PDF and a table. Knows what was packed, and the documents' page and PDF.

The page and the table name every file with its checksum. The PDF is what a clinician reads first: where there are
many images it has one line a scan.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..case.days import show
from ..locale import N_, language, tr
from .values import File, Inventory

if TYPE_CHECKING:
    from .packet import Packet

EACH = 150  # files that the PDF names one by one
KINDS = {
    "dicom": N_("Image"),
    "dicomdir": N_("The disc's own list (DICOMDIR)"),
    "fhir": N_("Health record (FHIR)"),
    "ccda": N_("Health record (C-CDA)"),
    "apple-health": N_("Apple Health export"),
    "blue-button-text": N_("Claims (Blue Button)"),
    "pdf": N_("PDF"),
    "image": N_("Picture"),
    "text": N_("Text"),
    "other": N_("Other file"),
}


def pages(made: Packet, found: Inventory, taken: set[str]) -> Iterator[tuple[str, bytes]]:
    """Each page of the index with a name that no file of the packet has; the names hold nothing of the patient."""
    stem = "00-INDEX"
    while any(f"{stem}.{end}".casefold() in taken for end in ("html", "pdf", "csv")):
        stem += "-"
    yield f"{stem}.html", page(made, found).encode()
    yield f"{stem}.pdf", paper(made, found)
    yield f"{stem}.csv", table(made)


def what(file: File) -> str:
    """What a file is, in a few words."""
    words = [tr(KINDS.get(file.kind, KINDS["other"]))]
    if file.image:
        words = [x for x in (file.image.modality, file.image.body_part.lower(), file.image.series_description) if x]
    elif file.document:
        words.append(file.document.title)
    return ", ".join(x for x in words if x)


def day(file: File) -> str:
    """The date a file says it is from, or nothing."""
    return file.image.date if file.image else file.document.date if file.document else ""


def table(made: Packet) -> bytes:
    """One row a file. A cell that a spreadsheet would take for a formula is made harmless."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["number", "path", "what", "date", "bytes", "sha256", "note"])
    for one in made.packed:
        file = one.file
        row = [one.number, one.path, what(file), day(file), one.size, one.sha256, file.why]
        rows.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """The text with a quote in front, where a spreadsheet would run it.

    >>> harmless("=1+1"), harmless("IMAGES/I1")
    ("'=1+1", 'IMAGES/I1')
    """
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠") else cell


def page(made: Packet, found: Inventory) -> str:
    """The index as one page without script; it loads nothing."""
    import jinja2

    files = Path(__file__).parent / "templates"
    made_by = jinja2.Environment(
        loader=jinja2.FileSystemLoader(files), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    made_by.globals["_"] = tr
    rows = [
        {
            "number": one.number,
            "path": one.path,
            "href": quote(one.path),
            "what": what(one.file),
            "day": show(day(one.file)) if day(one.file) else "",
            "size": one.size,
            "sha256": one.sha256,
            "note": one.file.why,
        }
        for one in made.packed
    ]
    template = made_by.get_template("packet.html.j2")
    return template.render(
        lang=language(), people=_people(found), scans=_scans(made, found), rows=rows, left_out=made.left_out
    )


def paper(made: Packet, found: Inventory) -> bytes:
    """The index as a PDF to print."""
    import datetime as dt

    from ..documents import blocks as B  # noqa: N812 - as all documents write it
    from ..documents import pdf

    few = len(made.packed) <= EACH
    ones = [p for p in made.packed if few or p.file.kind != "dicom"][: EACH * 2]
    body: list[Any] = [B.para(line) for line in _people(found)]
    if scans := _scans(made, found):
        body.append(B.table(tr("Scans"), [tr("Scan"), tr("Images"), tr("Files")], scans, [5, 1, 2]))
    if ones:
        head = [tr("No."), tr("File"), tr("What"), tr("SHA-256")]
        rows = [[str(p.number), p.path, what(p.file), f"{p.sha256[:32]} {p.sha256[32:]}"] for p in ones]
        body.append(B.table(tr("Files"), head, rows, [0.5, 3, 2.5, 4]))
    if not few:
        body.append(B.para(tr("The web page and the table of this index name every file with its checksum.")))
    if made.left_out:
        body.append(B.para(tr("{n} files were left out. The web page names them.").format(n=len(made.left_out))))
    doc = B.document(tr("Index of these records"), body)
    return pdf.render(doc, dt.datetime.now().astimezone().date())


def _people(found: Inventory) -> list[str]:
    """Who is named in the files; numbers of the patient are left in the files."""
    born = tr("{name}, born {day}")
    return [born.format(name=p.name, day=show(p.birth)) if p.birth else p.name for p in found.patients if p.name]


def _scans(made: Packet, found: Inventory) -> list[list[str]]:
    """One row a scan: what it is, how many images, and the numbers of its files."""
    numbers = {one.file.path: one.number for one in made.packed}
    rows = []
    for study in found.studies:
        mine = sorted(numbers[path] for path in study.paths if path in numbers)
        head = [study.modality, show(study.date) if study.date else "", study.body_part.lower(), study.description]
        if mine:
            rows.append([", ".join(x for x in head if x) or tr("Scan"), str(study.images), _ranges(mine)])
    return rows


def _ranges(numbers: list[int]) -> str:
    """Numbers in short: `1-4, 7`.

    >>> _ranges([1, 2, 3, 4, 7])
    '1-4, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
