"""The codes that scanners write for kinds of scan and parts of the body, in words that people use. Knows no case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...locale import N_, tr
from ...rules.imaging.pairs import scans_of
from ..values import Study
from . import record_lines
from .coverage import KINDS

# The defined terms of Body Part Examined (DICOM PS3.16, annex L) that discs carry most, and what scanners make of them.
PARTS = {
    "LSPINE": N_("lower back (lumbar spine)"),
    "LSSPINE": N_("lower back (lumbar spine and sacrum)"),
    "TLSPINE": N_("middle and lower back (thoracic and lumbar spine)"),
    "TSPINE": N_("middle back (thoracic spine)"),
    "CSPINE": N_("neck (cervical spine)"),
    "SSPINE": N_("sacrum (end of the spine)"),
    "SPINE": N_("spine"),
    "ABDOMEN": N_("belly (abdomen)"),
    "ABDOMENPELVIS": N_("belly and pelvis"),
    "CHESTABDOMEN": N_("chest and belly"),
    "CHESTABDPELVIS": N_("chest, belly and pelvis"),
    "HEADNECK": N_("head and neck"),
    "WHOLEBODY": N_("whole body"),
    "EXTREMITY": N_("arm or leg"),
    "CLAVICLE": N_("collarbone"),
    "THYROID": N_("thyroid"),
    "BREAST": N_("breast"),
    "CHEST": N_("chest"),
    "PELVIS": N_("pelvis"),
    "HEAD": N_("head"),
    "BRAIN": N_("brain"),
    "SKULL": N_("skull"),
    "NECK": N_("neck"),
    "HEART": N_("heart"),
    "SHOULDER": N_("shoulder"),
    "ELBOW": N_("elbow"),
    "WRIST": N_("wrist"),
    "HAND": N_("hand"),
    "HIP": N_("hip"),
    "KNEE": N_("knee"),
    "LEG": N_("leg"),
    "ARM": N_("arm"),
    "ANKLE": N_("ankle"),
    "FOOT": N_("foot"),
}


def part(code: str) -> str:
    """A part of the body in words; what is no known code stays, in small letters.

    >>> part("LSPINE"), part("L-SPINE"), part("UTERUS"), part("CHEST/NECK")
    ('lower back (lumbar spine)', 'lower back (lumbar spine)', 'uterus', 'chest, neck')
    """
    return ", ".join(
        tr(PARTS[key]) if (key := re.sub(r"[\W_]", "", one).upper()) in PARTS else one.strip().casefold()
        for one in code.split("/")
        if one.strip()
    )


def kinds(codes: Iterable[str]) -> str:
    """Kinds of scan in words, each once; a code without words stays as it is.

    >>> kinds(["MR"]), kinds(["DX", "CR"]), kinds(["PT", "CT"])
    ('MRI', 'X-ray', 'nuclear scan (such as PET) / CT')
    """
    named = [tr(KINDS[kind]) for code in codes for kind in sorted(scans_of(code)) or [""] if kind in KINDS]
    return " / ".join(dict.fromkeys(named)) or "/".join(codes)


def line(codes: Iterable[str], day: str, body: str = "") -> str:
    """A scan as a line that people read and programs find again: words, the code, the part, the day as it is stored.

    >>> line(["MR"], "2026-10-14", "LSPINE")
    'MRI (MR), lower back (lumbar spine), 2026-10-14'
    """
    codes = list(codes)
    words, code = kinds(codes), "/".join(codes)
    named = f"{words} ({code})" if words and words != code else words
    told = ", ".join(x for x in (named, part(body), day) if x)
    return told[:1].upper() + told[1:]


def study_line(study: Study) -> str:
    """A study on a disc as such a line with the number of its images."""
    counted = tr("1 image") if study.images == 1 else tr("{n} images").format(n=study.images)
    return f"{line(record_lines.modalities(study) or [study.modality], study.date, study.body_part)}: {counted}"
