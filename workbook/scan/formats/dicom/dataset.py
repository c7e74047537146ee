"""One DICOM file as a row of the inventory: patient, study, and whether it is complete.

Knows the header, the sources and the limits. Reads only the first bytes of a file, and the last ones of compressed
images. Unusual headers are passed to pydicom.
"""

from __future__ import annotations

import io
import sys
import warnings
import zlib
from collections import defaultdict
from typing import Any, Literal

from ....locale import tr
from ... import limits, sources
from ...dicom_signs import VRS
from ...errors import BadRecord
from ...register import PROGRAMS
from ...series import held_by
from ...values import File, Image, Source
from . import header as head_of
from .header import Header, Odd, Short
from .text import code, date, number, patient, plain, words

_STORAGE = "1.2.840.10008.5.1.4.1.1."
# Reports: basic, enhanced, comprehensive and extensible text, and PDF or C-CDA in DICOM (PS3.4, table B.5).
_REPORTS = frozenset(_STORAGE + end for end in ("88.11", "88.22", "88.33", "88.34", "88.35", "104.1", "104.2"))
# SOP classes with images, by UID prefix.
_PICTURES = tuple(
    _STORAGE + start
    for start in (
        *("1.", "2.", "3.1", "4.1.", "4.3.", "4.4.", "6.1.", "6.2.", "7.", "12.1.", "12.2.", "13.1.", "14.", "20."),
        *("30.", "66.4.", "77.1.", "128.", "130.", "481.1.", "481.2."),
    )
)
_ORDERS: tuple[Literal["little", "big"], ...] = ("little", "big")
_BITS = frozenset((1, 8, 16, 32, 64))  # allocated for a sample
_PART, _END_OF_IMAGES = b"\xfe\xff\x00\xe0", b"\xfe\xff\xdd\xe0"


def read(source: Source, head: bytes) -> File:
    """The row of a DICOM file with these first bytes. Raises BadRecord if it is useless."""
    found = header(source, head)
    image = _image(found)
    row = File(source.path, "dicom", size=source.size, patient=image.patient, image=image)
    if found.cut:
        row.status, row.why = "damaged", tr("The file ends before its header does. Ask for a new copy.")
    elif not image.study_uid:
        # Without anything to tell an image by, it is not known to be one.
        row.status = "ok" if image.is_picture and (image.date or image.modality) else "damaged"
        row.why = tr("The file does not say which study it belongs to.")
    elif found.pixels and _ends_early(source, found):
        row.status, row.why = "damaged", tr("The file is cut short: part of the image is missing. Ask for a new copy.")
    elif image.frames > _room(source, found):
        row.status, image.frames = "damaged", 1
        row.why = tr("It claims more pictures than a file of its size can have. Ask for a new copy.")
    elif image.is_picture and not found.pixels:
        # A file truncated between two elements looks like one sent without its image; the image size gives it away.
        row.status = "damaged" if head_of.SIZE & found.elements.keys() or not image.series_uid else "ok"
        row.why = tr("Only the description of the image is in this file, not the image.")
        image.cut_short = True
    if head.startswith((*PROGRAMS, b"#!")):
        row.why = f"{row.why} {tr('It also looks like a program. Do not open it.')}".strip()
    image.cut_short = image.cut_short or row.status == "damaged"
    if image.is_report and row.status == "ok":
        from . import report

        named, worded = report.read(source, _value(found.elements, head_of.CHARSET))
        image.named, image.worded = tuple(named), tuple(worded)
    return row


def header(source: Source, head: bytes) -> Header:
    """The header of a DICOM file. Raises BadRecord if it is unreadable, or longer than a header can be."""
    size = source.size
    while True:
        try:
            return _parsed(source, head, size)
        except Short:
            if len(head) >= limits.HEADER:
                raise BadRecord("refused", tr("The file's header is too long to be read.")) from None
            if len(head) >= size:
                raise BadRecord("damaged", _unreadable()) from None
            wanted = min(max(len(head), limits.HEAD) * 8, limits.HEADER)
            head = sources.head(source, wanted)
            size = len(head) if len(head) < wanted else size  # the file shrank since it was listed


def _unreadable() -> str:
    return tr("The file cannot be read as DICOM. Ask for a new copy.")


def _parsed(source: Source, head: bytes, size: int) -> Header:
    try:
        if head[128:132] != b"DICM":
            return _bare(head, size)
        meta, place = head_of.meta(head, size)
        syntax = meta.get(head_of.SYNTAX, b"")
        if syntax.rstrip(b"\0 ") == head_of.DEFLATED:
            found = _deflated(source, place)
        else:
            found = head_of.walk(head, place, size, head_of.form_of(syntax))
    except Odd:
        return _by_pydicom(head, size)
    found.elements.update(meta)
    return found


def _bare(head: bytes, size: int) -> Header:
    """A data set without preamble and meta information."""
    if head[1:2] == b"\0":
        if head[0] == 2:
            raise Odd
        return head_of.walk(head, 0, size, head_of.Form(head[4:6] in VRS, "<"))
    if head[0:1] == b"\0":
        return head_of.walk(head, 0, size, head_of.Form(head[4:6] in VRS, ">"))
    raise BadRecord("damaged", _unreadable())


def _deflated(source: Source, place: int) -> Header:
    """The header of a deflated data set. It is inflated to its end, but only its start is stored."""
    inflate = zlib.decompressobj(-15)
    kept, total = bytearray(), 0
    with source.open() as stream:
        sources.take(stream, place)
        try:
            while not inflate.eof and (packed := inflate.unconsumed_tail or sources.take(stream, 64 * limits.KIB)):
                data = inflate.decompress(packed, limits.MIB)
                total += len(data)
                kept += data[: limits.INFLATED - len(kept)]
                if total > min(limits.UNPACKED, limits.RATIO * source.size + limits.SLACK):
                    raise BadRecord("refused", tr("It unpacks to far more than it should. It was not opened."))
        except zlib.error:
            raise BadRecord("damaged", _unreadable()) from None
    try:
        found = head_of.walk(bytes(kept), 0, total, head_of.EXPLICIT_LITTLE)
    except Short:
        raise BadRecord("refused", tr("The file's header is too long to be read.")) from None
    except Odd:
        raise BadRecord("damaged", _unreadable()) from None
    whole = inflate.eof and (found.length == head_of.UNDEFINED or found.pixels + found.length <= total)
    # The pixel offset refers to the inflated data: whether they are complete is decided here.
    return found._replace(pixels=1 if found.pixels and whole else 0, length=0, cut=found.cut or not whole)


def _by_pydicom(head: bytes, size: int) -> Header:
    """What pydicom finds in the given bytes; it never gets the file itself, because it trusts every length field."""
    import pydicom
    from pydicom.dataelem import RawDataElement

    stream = io.BytesIO(head)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pydicom.dcmread(stream, stop_before_pixels=True, force=True, specific_tags=[*head_of.WANTED])
            elements = {}
            for tag in head_of.WANTED:
                part: Any = found.file_meta if tag >> 16 == 2 else found
                if tag in part:
                    item = part.get_item(tag)
                    raw = item.value if isinstance(item, RawDataElement) else _written(item.value)
                    elements[tag] = raw if isinstance(raw, bytes) else b""
            _, little = found.original_encoding
    # pydicom expects valid files: a broken one raises any of its errors, or those of the types it fills.
    except Exception:  # noqa: BLE001
        if len(head) < size:
            raise Short from None
        raise BadRecord("damaged", _unreadable()) from None
    place = stream.tell()
    if place + 8 <= len(head):
        form = head_of.Form(head[place + 4 : place + 6] in VRS, "<" if little else ">")
        tag, _, value, length = head_of.step(head, place, form)
        return Header(elements, value, length) if tag in head_of.PIXELS else Header(elements)
    if len(head) < size:
        raise Short
    return Header(elements, cut=place != size)


def _written(value: Any) -> bytes:
    """The raw bytes of a value that pydicom has already converted."""
    if value is None:
        return b""
    parts = [value] if isinstance(value, str) or not hasattr(value, "__iter__") else value
    return "\\".join(str(part) for part in parts).encode("ascii", "replace")


def _ends_early(source: Source, found: Header) -> bool:
    """Whether the file ends before its pixels do: by their length, or by the end marker of compressed ones."""
    if found.length != head_of.UNDEFINED:
        return found.pixels + found.length > source.size
    return _END_OF_IMAGES not in sources.tail(source, limits.TAIL) and not _has_end(source, found.pixels)


def _room(source: Source, found: Header) -> int:
    """How many pictures of the declared size fit into the pixels, or more; no limit if it cannot be told."""
    if not found.pixels or not found.length:
        return sys.maxsize
    if found.length == head_of.UNDEFINED:
        return (source.size - found.pixels) // 8  # each compressed picture begins with eight bytes of its own
    raw = [found.elements.get(tag, b"") for tag in (head_of.ROWS, head_of.COLUMNS, head_of.SAMPLES, head_of.BITS)]
    for order in _ORDERS if all(len(one) == 2 for one in raw) else ():
        rows, columns, samples, bits = (int.from_bytes(one, order) for one in raw)
        if bits in _BITS and (size := rows * columns * samples * bits // 8):
            # Of three colors, two may be stored for every second pixel only.
            return max(found.length // (size * 2 // 3 if samples == 3 else size), 1)
    return sys.maxsize


def _has_end(source: Source, place: int) -> bool:
    """Whether compressed images have their end marker, by walking the fragments."""
    with source.open() as stream:
        for _ in range(limits.FRAMES if stream.seekable() else 0):
            stream.seek(place)
            part = sources.take(stream, 8)
            if part[:4] != _PART:
                return part[:4] == _END_OF_IMAGES
            place += 8 + int.from_bytes(part[4:], "little")
    return False


def _image(found: Header) -> Image:
    get = defaultdict(bytes, ((tag, raw[: limits.VALUE]) for tag, raw in found.elements.items())).__getitem__
    charset = get(head_of.CHARSET)
    sop_class = code(get(head_of.SOP_CLASS) or get(head_of.META_CLASS))
    is_picture = bool(found.pixels) or f"{sop_class}.".startswith(_PICTURES)
    return Image(
        study_uid=code(get(head_of.STUDY_UID)),
        series_uid=code(get(head_of.SERIES_UID)),
        sop_uid=plain(get(head_of.SOP_UID)),
        sop_class=sop_class,
        modality=code(get(head_of.MODALITY)),
        body_part=words(get(head_of.BODY_PART), charset),
        description=words(get(head_of.STUDY_DESCRIPTION), charset),
        series_description=words(get(head_of.SERIES_DESCRIPTION), charset),
        series_number=number(get(head_of.SERIES_NUMBER)),
        number=int(number(get(head_of.NUMBER)) or 0),
        accession=words(get(head_of.ACCESSION), charset),
        place=words(get(head_of.PLACE), charset),
        date=date(get(head_of.STUDY_DATE)) or next(filter(None, (date(get(tag)) for tag in head_of.OTHER_DATES)), ""),
        patient=patient(
            get(head_of.NAME),
            get(head_of.PATIENT_ID),
            get(head_of.ISSUER),
            get(head_of.BIRTH),
            charset,
            get(head_of.SPECIES),
        ),
        frames=_frames(get(head_of.FRAMES)),
        holds=held_by(sop_class, is_picture=is_picture),
        is_picture=is_picture,
        is_report=sop_class in _REPORTS,
    )


def _frames(raw: bytes) -> int:
    """The number of frames of an image; 1 if missing or implausible."""
    said = plain(raw).strip()
    return int(said) if said.isdecimal() and len(said) < 7 and int(said) else 1


def _value(elements: dict[int, bytes], tag: int) -> bytes:
    return elements.get(tag, b"")[: limits.VALUE]
