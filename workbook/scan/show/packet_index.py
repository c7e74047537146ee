"""The index of a packet as a web page, a PDF and a table. Knows the packed files, and the documents' page and PDF.

The page and the table list every file with its checksum. The PDF is what a clinician reads first: it has one line
for the images of a scan.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ...documents.tables.csv_safe import harmless
from ...errors import CannotExport
from ...locale import N_, language, plural, tr
from ...locale.dates import show_day
from ...rules.imaging import body_parts, modalities
from ...rules.imaging.found import line
from .. import named_scans
from ..match import checking, to_case
from ..match.found_scans import study_line
from ..pictures.album import ALL, Album, Row
from ..register import BY_NAME
from ..values import File, Inventory, Study

if TYPE_CHECKING:
    from ...case import Case
    from .packed import Packed, Packet

EACH = 300  # lines of one type in the PDF
LINE = 30  # characters of a path that fit a line of the PDF
NOT_SURE = N_("Some of these files may belong to someone else. Check the name in each file.")


def pages(made: Packet, found: Inventory, taken: set[str], case: Case | None = None) -> Iterator[tuple[str, bytes]]:
    """Each page of the index under a name that no packed file has; the names contain no patient data."""
    stem = "00-INDEX"
    while any(f"{stem}.{end}".casefold() in taken for end in ("html", "pdf", "csv")):
        stem += "-"
    try:
        printed = paper(made, found, case)
    except CannotExport as error:  # it would change a name; the other two pages keep every letter
        printed = b""
        made.left_out.append((f"{stem}.pdf", str(error)))
    yield f"{stem}.html", page(made, found, case).encode()
    if printed:
        yield f"{stem}.pdf", printed
    yield f"{stem}.csv", table(made)


def what(file: File) -> str:
    """What a file is, in a few words."""
    words = [tr(BY_NAME[file.kind].label)]
    if file.image:
        image = file.image
        words = [_kinds(image.modality), body_parts.label(image.body_part), image.series_description]
    elif file.document:
        words.append(file.document.title)
    return ", ".join(x for x in words if x)


def _kinds(modality: str) -> str:
    named = modalities.labels([code for code in modality.split("/") if code])
    return named[:1].upper() + named[1:]


def day(file: File) -> str:
    """The date in a file, or ""."""
    return file.image.date if file.image else file.document.date if file.document else ""


def table(made: Packet) -> bytes:
    """One row a file, with cells made safe for spreadsheets."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["number", "path", "what", "date", "bytes", "sha256", "note"])
    for one in made.packed:
        file = one.file
        row = [one.number, one.path, what(file), day(file), one.size, one.sha256, file.why]
        rows.writerow([harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def page(made: Packet, found: Inventory, case: Case | None = None) -> str:
    """The index as one page without scripts or external resources."""
    import jinja2

    files = Path(__file__).parent / "templates"
    made_by = jinja2.Environment(
        loader=jinja2.FileSystemLoader(files), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    made_by.globals["_"] = tr
    groups = [(_scan(study), [_row(one) for one in mine]) for study, mine in _studies(made, found)]
    if others := _others(made, found):
        groups.append((tr("Other files"), [_row(one) for one in others]))
    return made_by.get_template("packet.html.j2").render(
        lang=language(),
        made=_made(),
        warning=tr(NOT_SURE) if checking.several(found) else "",
        people=_people(found),
        scans=_scans(made, found),
        series=_series(made, found),
        missing=missing(found, case),
        groups=groups,
        left_out=made.left_out,
    )


def _row(one: Packed) -> dict[str, Any]:
    return {
        "number": one.number,
        "steps": one.path.split("/"),
        "href": quote(one.path),
        "what": what(one.file),
        "day": show_day(day(one.file)),
        "size": one.size,
        "sums": [one.sha256[at : at + 16] for at in range(0, 64, 16)],
        "note": one.file.why,
    }


def paper(made: Packet, found: Inventory, case: Case | None = None) -> bytes:
    """The index as a PDF to print. CannotExport if no font covers its names."""
    import datetime as dt

    from ...documents.render import pdf
    from ...documents.render.pdf import printable
    from ...documents.tree import blocks as B  # noqa: N812 - as in all documents

    body: list[Any] = [B.callout(tr(NOT_SURE), tone="warn")] if checking.several(found) else []
    body += [B.para(line) for line in _people(found)]
    if scans := _scans(made, found):
        body.append(B.table(tr("Scans"), [tr("Scan"), tr("Images"), tr("Files")], scans, [5, 1, 2]))
    if lines := missing(found, case):
        body += [B.heading(2, tr("Known to be missing")), B.listing(lines)]
    if ones := _others(made, found)[:EACH]:
        head = [tr("No."), tr("File"), tr("SHA-256")]
        rows: list[list[Any]] = []
        for one in ones:
            checksum = B.text(f"{one.sha256[:32]}\n{one.sha256[32:]}", code=True)
            rows.append([str(one.number), f"{_in_lines(one.path)}\n{what(one.file)}", checksum])
        body.append(B.table(tr("Other files") if scans else tr("Files"), head, rows, [0.6, 4, 5]))
    body.append(B.para(tr("The web page and the table of this index name every file with its checksum.")))
    if made.left_out:
        left = [f"{path}: {why}" for path, why in made.left_out[:EACH]]
        body += [B.heading(2, tr("Left out")), B.listing(left)]
    doc = B.document(tr("Index of these records"), body, prepared=_made())
    pdf.prepare()
    printable.check(doc, case)
    return pdf.render(doc, dt.datetime.now().astimezone().date())


def _people(found: Inventory) -> list[str]:
    """Who is named in the files; without patient numbers."""
    born = tr("{name}, born {day}")
    return [born.format(name=p.name, day=show_day(p.birth)) if p.birth else p.name for p in found.patients if p.name]


def _in_lines(path: str) -> str:
    """A path wrapped to its column, each line ending at a folder name.

    >>> _in_lines("DICOM/PATIENT-OF-THE-DAY/SERIES/IMAGE1").split("\\n")
    ['DICOM/PATIENT-OF-THE-DAY/', 'SERIES/IMAGE1']
    """
    lines = [""]
    for step in re.findall(r"[^/]*/|[^/]+", path):
        if lines[-1] and len(lines[-1]) + len(step) > LINE:
            lines.append("")
        lines[-1] += step
    return "\n".join(lines)


def missing(found: Inventory, case: Case | None = None) -> list[str]:
    """What is known to be missing: from the checklist if there is a case, and from a disc itself."""
    lines = [line(scan) for scan in to_case.missing_scans(found, case)] if case else []
    lines = lines or [study_line(s, s.missing) for s in found.studies if s.missing]
    absent = tr("Files that {path} lists but that are missing: {n}.")
    return [*lines, *(absent.format(path=d.path, n=len(d.missing)) for d in found.dicomdir if d.missing)]


def _made() -> str:
    import datetime as dt

    today = dt.datetime.now().astimezone().date()
    return tr("Made on {day}").format(day=show_day(today.isoformat()))


def _scan(study: Study) -> str:
    kinds = _kinds("/".join(named_scans.modalities(study)) or study.modality)
    head = [kinds, show_day(study.date), body_parts.label(study.body_part), study.description]
    return ", ".join(x for x in head if x) or tr("Scan")


def _studies(made: Packet, found: Inventory) -> Iterator[tuple[Study, list[Packed]]]:
    """Each scan with its packed files."""
    packed = {one.file.path: one for one in made.packed}
    for study in found.studies:
        if mine := [packed[path] for path in study.paths if path in packed]:
            yield study, sorted(mine, key=lambda one: one.number)


def _others(made: Packet, found: Inventory) -> list[Packed]:
    """The files that belong to no scan."""
    told = {one.number for _study, mine in _studies(made, found) for one in mine}
    return [one for one in made.packed if one.number not in told]


def _scans(made: Packet, found: Inventory) -> list[list[str]]:
    """One row a scan: what it is, how many images, and the numbers of its files."""
    return [
        [_scan(study), str(study.images), _ranges([one.number for one in mine])]
        for study, mine in _studies(made, found)
    ]


def _series(made: Packet, found: Inventory) -> list[tuple[str, list[Row], str]]:
    """The series of each scan that is packed, with small pictures; none if the files may be several people's."""
    if checking.several(found):
        return []
    packed = {one.file.path for one in made.packed}
    album = Album(found, ALL)
    for _ in album.steps():
        pass
    parts = []
    for n, study in enumerate(found.studies):
        more = album.hidden(n)
        words = plural("And 1 more series.", "And {n} more series.", more) if more else ""
        if rows := [row for row in album.rows(n) if row.path in packed]:
            parts.append((_scan(study), rows, words))
    return parts


def _ranges(numbers: list[int]) -> str:
    """Compressed ranges: `1-4, 7`.

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
