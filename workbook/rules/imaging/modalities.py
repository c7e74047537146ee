"""Modalities: DICOM codes, the words of people and reports, and display labels. Knows no case.

Two views of one table. A list or a typed line is matched generously: it is about a scan, and a word or a
short code names it. A report is matched strictly, because it also mentions scans that were only recommended and
other things (CT is a state, US a country), and a false match sends someone to request images that do not exist.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...locale import N_, language, tr


@dataclass(frozen=True, slots=True)
class Reported:
    """How a report names scans of one DICOM code: words, and short codes next to a body part."""

    code: str
    words: str
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Modality:
    """A modality as people distinguish them.

    `codes` are DICOM codes and common variants; `dicom` is the one to write if only the modality is known.
    `words` are parts of words that name it in a list. One without a label is never requested; reports name it.
    """

    name: str
    label: str = ""
    dicom: str = ""
    codes: tuple[str, ...] = ()
    words: str = ""
    reported: tuple[Reported, ...] = ()


MODALITIES = (
    Modality("MG", N_("mammogram"), "MG", ("mg",), "mammo",
             (Reported("MG", r"mammogra(?:m|ms|phy|phic)|tomosynthesis", ("MG",)),)),
    Modality("US", N_("ultrasound"), "US", ("us",), "ultraso|sonogr",
             (Reported("US", r"ultra-?sound|sonogram|sonograph(?:y|ic)|echocardiogra(?:m|phy)|doppler", ("US",)),)),
    Modality("MR", N_("MRI"), "MR", ("mr", "mri"), "magnetic",
             (Reported("MR", r"mris?\b|mra\b|mr angiogra(?:m|phy)|magnetic resonance", ("MR",)),)),
    Modality("CT", N_("CT"), "CT", ("ct",), r"\bcat scan",
             (Reported("CT", r"cat[ -]scan|computed tomograph(?:y|ic)|cta\b|ct[ -](?:scan|angiogra(?:m|phy))",
                       ("CT",)),)),
    Modality("XR", N_("X-ray"), "DX", ("dx", "cr", "xr", "rf"), r"x-?rays?\b|radiogra",
             (Reported("DX", r"x[ -]?rays?\b|radiographs?\b|plain films?\b", ("XR", "CR", "DX")),
              Reported("RF", r"fluoroscop(?:y|ic)"))),
    Modality("NM", N_("nuclear scan (such as PET)"), "NM", ("nm", "pt", "pet", "spect"), "bone scan|nuclear",
             (Reported("PT", r"pet\s?[/-]?\s?ct\b|pet[ -]scan|positron emission tomography", ("PET",)),
              Reported("NM", r"bone scan|scintigra(?:m|phy)|nuclear medicine", ("NM",)))),
    Modality("XA", reported=(Reported("XA", r"angiogra(?:m|phy)"),)),
    Modality("BMD", reported=(Reported("BMD", r"dexa\b|dxa\b|bone densit(?:y|ometry)"),)),
)  # fmt: skip

NAMED = {one.name: one for one in MODALITIES if one.label}
REPORTED = tuple(reported for one in MODALITIES for reported in one.reported)
_ANY = re.compile(
    "|".join(rf"(?P<{one.name}>\b(?:{'|'.join(one.codes)})\b|{one.words})" for one in NAMED.values()), re.IGNORECASE
)
# What other DICOM codes mean (PS3.3, C.7.3.1.1.1); nobody asks for these by such a code.
_SELDOM = {
    "RG": N_("X-ray"),
    "XA": N_("X-ray of blood vessels"),
    "IO": N_("dental X-ray"),
    "PX": N_("dental X-ray"),
    "BMD": N_("bone density scan"),
    "ES": N_("endoscopy pictures"),
    "XC": N_("photos"),
    "GM": N_("microscope pictures"),
    "SM": N_("microscope slides"),
    "OP": N_("eye photos"),
    "OPT": N_("eye scan"),
    "IVUS": N_("ultrasound inside a vessel"),
    "ECG": N_("heart tracing (ECG)"),
    "EEG": N_("brain tracing (EEG)"),
    "EPS": N_("heart tracing"),
    "HD": N_("heart tracing"),
    "SR": N_("report"),
    "DOC": N_("document"),
    "OT": N_("other pictures"),
    "RTDOSE": N_("treatment plan"),
    "RTPLAN": N_("treatment plan"),
    "RTSTRUCT": N_("treatment plan"),
    "RTIMAGE": N_("treatment plan"),
    "SEG": N_("marked areas"),
    "PR": N_("marks on images"),
    "KO": N_("list of key images"),
}
_PLAIN_XRAYS = frozenset(("CR", "DX", "RG"))


def scans_of(text: str) -> frozenset[str]:
    """The modalities, by name, that a code or a typed text names.

    >>> sorted(scans_of("mammogram + ultrasound reports")), sorted(scans_of("PT/CT"))
    (['MG', 'US'], ['CT', 'NM'])
    """
    if ours := _by_words(language()).get(text.strip().casefold()):
        return frozenset((ours,))
    return _named(text)


@functools.lru_cache(maxsize=2048)  # a title is compared with every report of its case
def _named(text: str) -> frozenset[str]:
    return frozenset(found.lastgroup for found in _ANY.finditer(text) if found.lastgroup)


@functools.cache
def _by_words(_language: str) -> dict[str, str]:
    """The modalities whose whole label is the text, in the current language: one label may contain another."""
    return {label(name).casefold(): name for name in NAMED}


def label(name: str) -> str:
    """The display label of a modality."""
    return tr(NAMED[name].label)


def labels(codes: Iterable[str]) -> str:
    """The labels of these codes, without repeats; if none has a label, the codes.

    >>> labels(["MR"]), labels(["DX", "CR"]), labels(["PT", "CT"]), labels(["XA"]), labels(["ZZ"])
    ('MRI', 'X-ray', 'nuclear scan (such as PET) / CT', 'X-ray of blood vessels', 'ZZ')
    """
    codes = list(codes)
    named = [word for code in codes for word in _named_by(code)]
    return " / ".join(dict.fromkeys(named)) or "/".join(codes)


def _named_by(code: str) -> list[str]:
    if kinds := sorted(scans_of(code)):
        return [label(kind) for kind in kinds]
    return [tr(_SELDOM[code.upper()])] if code.upper() in _SELDOM else []


def dicom_codes(names: Iterable[str]) -> list[str]:
    """The DICOM codes to write for modalities.

    >>> dicom_codes({"XR", "CT"})
    ['CT', 'DX']
    """
    return [NAMED[name].dicom for name in sorted(names)]


def is_alike(a: str, b: str) -> bool:
    """Whether two codes are one modality in a report: all plain X-rays are, whatever the machine is called."""
    a, b = a.upper(), b.upper()
    return a == b or {a, b} <= _PLAIN_XRAYS
