"""A DICOMDIR: its studies, and whether the referenced files exist. Knows the header and the values.

It is at the top of a disc and read first, because it is one small file and a disc is slow. Its references are only
compared with the paths that were found: nothing is opened because a DICOMDIR references it.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from ....locale import plural, tr
from ....locale.dates import show_day
from ... import limits, series, sources
from ...dicom_signs import VRS
from ...errors import BadRecord
from ...values import Directory, Patient, Source, Study
from . import header as head_of
from .header import Form, Odd, Short
from .text import date, number, patient, plain, words

_RECORDS, _TYPE, _FILE, _INSTANCE = 0x00041220, 0x00041430, 0x00041500, 0x00041511
_NEXT, _LOWER = 0x00041400, 0x00041420
_WANTED = head_of.WANTED | {_TYPE, _FILE, _INSTANCE, _NEXT, _LOWER}
_NOT_IMAGES = frozenset(("SR DOCUMENT", "ENCAP DOC", "PRESENTATION", "RT PLAN", "RT STRUCTURE SET", "WAVEFORM"))

Record = dict[int, bytes]


class Numbers(NamedTuple):
    """The UIDs of an image (study, series and SOP instance), each "" if unknown."""

    study: str = ""
    series: str = ""
    image: str = ""

    def differ(self, other: Numbers) -> bool:
        """Whether they belong to different images, by the most specific UID that both have."""
        if self.image and other.image:
            return self.image != other.image
        return any(a and b and a != b for a, b in zip(self[:2], other[:2], strict=True))


@dataclass(slots=True)
class Named:
    """The contents of one DICOMDIR: its studies, whose `paths` are the references as written, and nested DICOMDIRs.

    `numbers` are the UIDs of the image for each reference, `places` its number in its series, and `series` the words
    and the number of each series by its UID.
    """

    studies: list[Study] = field(default_factory=list)
    deeper: list[str] = field(default_factory=list)
    numbers: dict[str, Numbers] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    series: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class There:
    """The files found: by path in disc notation, and by the UIDs of their image.

    A UID stays the same wherever a copy of the image went and whatever its name, so it is checked first. A path does
    not: one scanner names the files of every disc alike. `held` are the UIDs in each file, `owned`
    those that a DICOMDIR gives for the files next to it.
    """

    listed: list[str] = field(default_factory=list)
    instances: dict[str, str] = field(default_factory=dict)
    held: dict[str, Numbers] = field(default_factory=dict)
    owned: dict[str, Numbers] = field(default_factory=dict)
    directories: list[str] = field(default_factory=list)
    _paths: dict[str, str] = field(default_factory=dict)
    _known: int = 0

    @property
    def paths(self) -> dict[str, str]:
        """The listed files by path in disc notation; made when it is asked, because few folders have a DICOMDIR."""
        for path in self.listed[self._known :]:
            self._paths.setdefault(key(path), path)
        self._known = len(self.listed)
        return self._paths

    def own(self, directory: str, named: Named) -> None:
        """Adds the existing files that a DICOMDIR references."""
        for name, numbers in named.numbers.items():
            if path := self.of(directory, name):
                self.owned.setdefault(path, numbers)

    def of(self, directory: str, name: str) -> str:
        """The file that a DICOMDIR reference means; "" if it does not exist or the path is unsafe."""
        return "" if _leads_out(name) else self.paths.get(key(_folder(directory) + name), "")

    def holds(self, directory: str, named: Named, name: str) -> str:
        """The file with the referenced image: by UID, by path, or by another DICOMDIR's reference.

        A copied DICOMDIR still references files relative to the original folder. A file
        known to be another image never matches, whatever its path.
        """
        if _leads_out(name):
            return ""
        wanted = named.numbers.get(name, Numbers())
        if found := self.instances.get(wanted.image, ""):
            return found
        tops = (directory, *(other for other in self.directories if other != directory))
        paths = ((top, path) for top in tops if (path := self.of(top, name)))
        return next((path for top, path in paths if self._may_be(path, wanted, beside=top == directory)), "")

    def _may_be(self, path: str, wanted: Numbers, *, beside: bool) -> bool:
        held = self.held.get(path, Numbers())
        if held.differ(wanted):
            return False
        if beside or path not in self.owned:
            return True
        owned = self.owned[path]
        return wanted.study == (held.study or owned.study) != "" and not owned.differ(wanted)


def read(source: Source) -> Named:
    """The contents of a DICOMDIR. Raises BadRecord if it is unreadable."""
    named = Named()
    studies: dict[str, Study] = {}
    met: defaultdict[str, set[str]] = defaultdict(set)
    who, study, last = Patient(), Study("", Patient()), ""
    for record in _in_order(_records(sources.whole(source, limits.HEADER))):
        kind = plain(record.get(_TYPE, b"")).upper()
        charset = record.get(head_of.CHARSET, b"")
        if head_of.NAME in record or head_of.PATIENT_ID in record:
            keys = (head_of.NAME, head_of.PATIENT_ID, head_of.ISSUER, head_of.BIRTH)
            who = patient(*(record.get(key, b"") for key in keys), charset)
        if uid := plain(record.get(head_of.STUDY_UID, b"")):
            study = studies.setdefault(uid, Study(uid, who))
            study.date = study.date or date(record.get(head_of.STUDY_DATE, b""))
            study.description = study.description or words(record.get(head_of.STUDY_DESCRIPTION, b""), charset)
            study.accession = study.accession or words(record.get(head_of.ACCESSION, b""), charset)
        if last_uid := plain(record.get(head_of.SERIES_UID, b"")):
            last = last_uid
            words_of_it = words(record.get(head_of.SERIES_DESCRIPTION, b""), charset)
            named.series[last] = (words_of_it, number(record.get(head_of.SERIES_NUMBER, b"")))
            study.modality = added(study.modality, plain(record.get(head_of.MODALITY, b"")))
            study.body_part = added(study.body_part, words(record.get(head_of.BODY_PART, b""), charset))
        if file := record.get(_FILE, b""):
            reference = "/".join(sources.shown(part) for part in plain(file).split("\\"))
            # A nested DICOMDIR per study or series: Philips and Elscint write DIRFILE there.
            if kind in ("PATIENT", "STUDY", "SERIES"):
                named.deeper.append(reference)
                continue
            studies.setdefault(study.study_uid, study)
            study.paths.append(reference)
            named.numbers[reference] = Numbers(study.study_uid, last, plain(record.get(_INSTANCE, b"")))
            named.places[reference] = int(number(record.get(head_of.NUMBER, b"")) or 0)
            study.images += kind not in _NOT_IMAGES
            met[study.study_uid].add(last)
    for uid, one in studies.items():
        one.series, one.objects = len(met[uid] - {""}), len(one.paths)
    named.studies = list(studies.values())
    return named


def compared(path: str, named: Named, there: There, known: Mapping[str, Named]) -> Directory:
    """A DICOMDIR compared with the files that exist; `known` are all DICOMDIRs by path.

    Nested DICOMDIRs are included, and their paths are relative to the top of the disc too.
    """
    found = Directory(path)
    for one in (named, *(known[place] for place in below(path, named, there, known))):
        for study in one.studies:
            gone: list[str] = []
            for name in study.paths:
                if _leads_out(name):
                    found.unsafe.append(name)
                elif there.holds(path, one, name):
                    found.present += 1
                else:
                    gone.append(name)
            found.missing += gone
            found.lacks += _lacks(study, one, gone)
            found.references += len(study.paths)
            if study.paths:
                missing = tr("Not here: {gone} of the {named} files that the disc lists.")
                told = missing.format(gone=len(gone), named=len(study.paths)) if gone else ""
                found.studies.append(replace(study, missing=told))
    if found.unsafe:
        found.why = tr("It points to files outside the disc. They were not opened.")
    elif found.missing:
        found.why = tr("It lists files that are not here. Ask for the whole disc again.")
    return found


def _lacks(study: Study, named: Named, gone: list[str]) -> Iterator[str]:
    """A sentence for each series of a study that is not here, or not whole."""
    series_of = {name: named.numbers.get(name, Numbers()).series for name in study.paths}
    listed_in, missing = Counter(series_of.values()), defaultdict[str, list[str]](list)
    for name in gone:
        missing[series_of[name]].append(name)
    scan = ", ".join(x for x in (study.description or study.modality, show_day(study.date)) if x)
    for uid, names in missing.items():
        what = ", ".join(x for x in (scan, series.named(*named.series.get(uid, ("", "")))) if x)
        n = listed_in[uid]
        line = plural("{series}: its 1 image is not here.", "{series}: {gone} of {n} images are not here.", n)
        line = line.replace("{gone}", str(len(names)))
        places = [place for name in names if (place := named.places.get(name))]
        if len(places) == len(names) < listed_in[uid]:
            line += " " + tr("Missing numbers: {numbers}.").format(numbers=series.in_words(series.as_ranges(places)))
        yield line.replace("{series}", what)


def below(path: str, named: Named, there: There, known: Mapping[str, Named]) -> list[str]:
    """The DICOMDIRs that one references, recursively."""
    met: list[str] = []
    level = [named]
    for _ in range(limits.DIRECTORIES - 1):
        found = [there.of(path, name) for one in level for name in one.deeper]
        new = [other for other in dict.fromkeys(found) if other in known and other != path and other not in met]
        met += new
        level = [known[other] for other in new]
    return met


def listed(path: str, named: Named, there: There) -> set[str]:
    """The existing files that a DICOMDIR references."""
    return {found for study in named.studies for name in study.paths if (found := there.holds(path, named, name))}


def key(path: str) -> str:
    """A normalized path for look-up: discs and zips write names in either case, with a version suffix (ISO 9660),
    with Windows separators, and with the extension that a copy was given.
    """
    return path.replace("\\", "/").casefold().removesuffix(";1").rstrip(".").removesuffix(".dcm")


def _folder(path: str) -> str:
    return path[: max(path.rfind("/"), path.rfind("\\")) + 1]


def _leads_out(name: str) -> bool:
    parts = name.split("/")
    return ".." in parts or "" in parts[:-1] or ":" in name


def added(known: str, more: str) -> str:
    """A code appended to the known ones of the same study: `CT/MR`."""
    return known if not more or more in known.split("/") else f"{known}/{more}" if known else more


def _in_order(records: dict[int, Record]) -> list[Record]:
    """The records from patient to image as linked; in file order if links are broken.

    A file may list them in any order. The root is the record without incoming links: the root entry can be wrong.
    """
    led_to = {_link(record, tag) for record in records.values() for tag in (_NEXT, _LOWER)}
    met: dict[int, Record] = {}
    todo = [offset for offset in reversed(records) if offset not in led_to]
    while todo:
        offset = todo.pop()
        if offset in records and offset not in met:
            met[offset] = records[offset]
            todo += [_link(records[offset], _NEXT), _link(records[offset], _LOWER)]
    return list((met if len(met) == len(records) else records).values())


def _link(record: Record, tag: int) -> int:
    raw = record.get(tag, b"")
    little, big = int.from_bytes(raw, "little"), int.from_bytes(raw, "big")
    return min(little, big)  # a DICOMDIR is far below 16 MB, so the smaller one is correct


def _records(data: bytes) -> dict[int, Record]:
    """The directory records by their offset in the file."""
    try:
        return _walked(data)
    except (Odd, Short):
        return dict(enumerate(_by_pydicom(data)))


def _walked(data: bytes) -> dict[int, Record]:
    place = 0
    form = Form(data[4:6] in VRS, ">" if data[:1] == b"\0" else "<")
    if data[128:132] == b"DICM":
        meta, place = head_of.meta(data, len(data))
        form = head_of.form_of(meta.get(head_of.SYNTAX, b""))
    while place + 8 <= len(data):
        tag, _, value, length = head_of.step(data, place, form)
        if tag == _RECORDS:
            records = dict(islice(_items(data, value, form), limits.RECORDS + 1))
            if len(records) > limits.RECORDS:
                raise BadRecord("refused", tr("The list of files on this disc is too long to be read."))
            return records
        place = head_of.behind(data, value, form) if length == head_of.UNDEFINED else value + length
    return {}


def _items(data: bytes, place: int, form: Form) -> Iterator[tuple[int, Record]]:
    while place + 8 <= len(data):
        offset = place
        tag, _, place, length = head_of.step(data, place, form)
        if tag != head_of.ITEM:
            return
        end = min(len(data), place + length)  # also for undefined length: it ends with a delimiter
        record: Record = {}
        while place + 8 <= end:
            tag, _, value, size = head_of.step(data, place, form)
            if tag == head_of.ITEM_END:
                place = value
                break
            if size == head_of.UNDEFINED:
                place = head_of.behind(data, value, form)
                continue
            if tag in _WANTED:
                record[tag] = data[value : value + min(size, limits.VALUE)]
            place = value + size
        yield offset, record


def _by_pydicom(data: bytes) -> Iterator[Record]:
    import pydicom
    from pydicom.dataelem import RawDataElement

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pydicom.dcmread(io.BytesIO(data), force=True)
            for record in found.get("DirectoryRecordSequence", []):
                items = [record.get_item(tag) for tag in _WANTED if tag in record]
                yield {int(i.tag): i.value or b"" for i in items if isinstance(i, RawDataElement)}
    except Exception:  # noqa: BLE001 - a broken file raises any of pydicom's errors
        raise BadRecord("damaged", tr("The list of files on this disc (DICOMDIR) cannot be read.")) from None
