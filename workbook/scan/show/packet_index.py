"""The index of a packet as a web page, a PDF and a table. Knows the packed files, and the documents' page and PDF.

The page and the table list every file with its checksum. The PDF is what a clinician reads first: it has one line
for the images of a scan.
"""

from __future__ import annotations

import csv
import functools
import importlib.util
import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup, escape

from ...documents.tables.csv_safe import harmless
from ...errors import CannotExport
from ...locale import N_, language, one_language, plural, tr
from ...locale.dates import show_day
from ...rules.imaging import body_parts, modalities
from ...rules.imaging.found import line
from .. import named_scans, series
from ..match import checking, to_case
from ..match.found_scans import study_line
from ..pictures.album import ALL, Album, Row
from ..register import BY_NAME
from ..values import File, Inventory, Study
from . import in_short

if TYPE_CHECKING:
    from ...case import Case
    from .packed import Packed, Packet

EACH = 300  # lines of one type in the PDF
SERIES = 40  # of one scan in the PDF
PART = 500  # rows of the page and the table that are kept in memory
LINE = 30  # characters of a path that fit a line of the PDF
NOT_SURE = N_("Some of these files may belong to someone else. Check the name in each file.")


def pages(
    made: Packet, found: Inventory, taken: set[str], case: Case | None = None, album: Album | None = None
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Each page of the index in parts, under a name that no packed file has; the names contain no patient data."""
    stem = "00-INDEX"
    while any(f"{stem}.{end}".casefold() in taken for end in ("html", "pdf", "csv")):
        stem += "-"
    try:
        printed = paper(made, found, case) if _can_print() else b""
    except CannotExport as error:  # it would change a name; the other two pages keep every letter
        printed = b""
        made.left_out.append((f"{stem}.pdf", str(error)))
    with one_language():
        yield f"{stem}.html", page(made, found, case, album)
        if printed:
            yield f"{stem}.pdf", [printed]
        yield f"{stem}.csv", table(made)


def _can_print() -> bool:
    """Whether there is what makes a PDF: in the browser it is loaded only for documents."""
    return importlib.util.find_spec("typst") is not None


def what(file: File) -> str:
    """What a file is, in a few words."""
    if file.image:
        image = file.image
        return _image(language(), image.modality, image.body_part, image.series_description)
    words = (tr(BY_NAME[file.kind].label), file.document.title if file.document else "")
    return ", ".join(x for x in words if x)


@functools.lru_cache(maxsize=1024)  # thousands of images of one series have the same words
def _image(_language: str, *said: str) -> str:
    modality, body_part, series_description = said
    return ", ".join(x for x in (_kinds(modality), body_parts.label(body_part), series_description) if x)


def _kinds(modality: str) -> str:
    named = modalities.labels([code for code in modality.split("/") if code])
    return named[:1].upper() + named[1:]


def day(file: File) -> str:
    """The date in a file, or ""."""
    return file.image.date if file.image else file.document.date if file.document else ""


def table(made: Packet) -> Iterator[bytes]:
    """One row a file, with cells made safe for spreadsheets."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["number", "path", "what", "date", "bytes", "sha256", "note"])
    yield b"\xef\xbb\xbf"
    for one in made.packed:
        file = one.file
        words = map(harmless, (one.path, what(file), day(file), file.why))
        path, named, date, note = words
        rows.writerow((one.number, path, named, date, one.size, one.sha256, note))
        if not one.number % PART:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    """What was written so far, and a fresh start."""
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "replace")


def page(made: Packet, found: Inventory, case: Case | None = None, album: Album | None = None) -> Iterator[bytes]:
    """The index as one page without scripts or external resources, in parts: it has a row for each file."""
    import jinja2

    files = Path(__file__).parent / "templates"
    made_by = jinja2.Environment(
        loader=jinja2.FileSystemLoader(files), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    made_by.globals["_"] = tr
    studies = list(_studies(made, found))
    groups = [(_scan(study), map(_row, mine)) for study, mine in studies]
    if others := _others(made, studies):
        groups.append((tr("Other files"), map(_row, others)))
    pictured = _series(made, found, album)
    shown = {row.path for _scan, rows, _more in pictured for row in rows}
    parts = made_by.get_template("packet.html.j2").stream(
        lang=language(),
        made=_made(),
        warning=tr(NOT_SURE) if checking.several(found) else "",
        people=_people(found),
        counts=_counts(made, studies, found),
        scans=_scans(studies, shown),  # a series with a picture is described beside it
        series=pictured,
        missing=missing(found, case),
        groups=groups,
        left_out=made.left_out,
    )
    parts.enable_buffering(PART)
    yield from (part.encode() for part in parts)


def _row(one: Packed) -> Markup:
    """The row of a file. Not in the template: there it takes four times as long, and a disc has thousands of files."""
    file = one.file
    path = str(escape(one.path)).replace("/", "/<wbr>")
    note = f"<br>{escape(file.why)}" if file.why else ""
    sums = "<wbr>".join(one.sha256[at : at + 16] for at in range(0, 64, 16))
    return Markup(  # noqa: S704 - each value is escaped
        f'<tr><td>{one.number}</td><td dir="auto"><a href="{escape(quote(one.path))}">{path}</a>{note}</td>'
        f'<td dir="auto">{escape(what(file))}</td><td>{escape(_shown_day(language(), day(file)))}</td>'
        f"<td>{one.size}</td><td><code>{sums}</code></td></tr>"
    )


@functools.lru_cache(maxsize=1024)
def _shown_day(_language: str, day: str) -> str:
    return show_day(day)


def paper(made: Packet, found: Inventory, case: Case | None = None) -> bytes:
    """The index as a PDF to print. CannotExport if no font covers its names."""
    import datetime as dt

    from ...documents.render import pdf
    from ...documents.render.pdf import printable
    from ...documents.tree import blocks as B  # noqa: N812 - as in all documents

    body: list[Any] = [B.callout(tr(NOT_SURE), tone="warn")] if checking.several(found) else []
    body += [B.para(line) for line in _people(found)]
    studies = list(_studies(made, found))
    if counts := _counts(made, studies, found):
        body.append(B.para(counts))
    if scans := _scans(studies):
        head = [tr("Scan"), tr("Series"), tr("Images"), tr("Files")]
        rows = [[title, "\n".join(_first(parts)), images, files] for title, parts, images, files in scans]
        body.append(B.table(tr("Scans"), head, rows, [4, 4, 1, 1.5]))
    if lines := missing(found, case):
        body += [B.heading(2, tr("Known to be missing")), B.listing(lines)]
    if ones := _others(made, studies)[:EACH]:
        head = [tr("No."), tr("File"), tr("SHA-256")]
        told: list[list[Any]] = []
        for one in ones:
            checksum = B.text(f"{one.sha256[:32]}\n{one.sha256[32:]}", code=True)
            told.append([str(one.number), f"{_in_lines(one.path)}\n{what(one.file)}", checksum])
        body.append(B.table(tr("Other files") if scans else tr("Files"), head, told, [0.6, 4, 5]))
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


def _others(made: Packet, studies: list[tuple[Study, list[Packed]]]) -> list[Packed]:
    """The files that belong to no scan."""
    told = {one.number for _study, mine in studies for one in mine}
    return [one for one in made.packed if one.number not in told]


def _counts(made: Packet, studies: list[tuple[Study, list[Packed]]], found: Inventory) -> str:
    """How many scans, images, documents and results are in the packet."""
    paths = {one.file.path for one in made.packed}
    packed = Inventory(
        files=[one.file for one in made.packed],
        studies=[_packed(study, mine) for study, mine in studies],
        documents=[one for one in found.documents if one.path in paths],
    )
    counts = in_short.counted(packed)
    return tr("In this packet: {list}.").replace("{list}", counts) if counts else ""


def _packed(study: Study, mine: list[Packed]) -> Study:
    """A scan with the number of images that are in the packet."""
    if len(mine) == len(study.paths):
        return study
    return replace(study, images=sum(one.file.image is not None and one.file.image.is_picture for one in mine))


def _scans(
    studies: list[tuple[Study, list[Packed]]], shown: Collection[str] = ()
) -> list[tuple[str, list[str], str, str]]:
    """One row a scan: what it is, its series without those `shown`, how many images, and the numbers of its files."""
    return [
        (
            _scan(study),
            [series.line(one) for one in study.parts if not (one.holds == "images" and one.middle in shown)],
            str(_packed(study, mine).images),
            _ranges([one.number for one in mine]),
        )
        for study, mine in studies
    ]


def _first(lines: list[str]) -> list[str]:
    """The first series of a scan, and how many more there are."""
    more = len(lines) - SERIES
    return [*lines[:SERIES], *([plural("1 more series", "{n} more series", more)] if more > 0 else [])]


def _series(made: Packet, found: Inventory, album: Album | None = None) -> list[tuple[str, list[Row], str]]:
    """The series of each scan that is packed, with small pictures; none if the files may be several people's.

    Of an `album` that is drawn already only what it has is shown.
    """
    if checking.several(found):
        return []
    packed = {one.file.path for one in made.packed}
    if album is None:
        album = Album(found, ALL)
        for _ in album.steps():
            pass
    parts = []
    for n, study in enumerate(found.studies):
        more = album.hidden(n)
        words = plural("And 1 more series.", "And {n} more series.", more) if more else ""
        if rows := [row for row in album.rows(n) if row.path in packed and (row.picture or row.why)]:
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
