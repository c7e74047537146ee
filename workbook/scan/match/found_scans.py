"""Converts a study to a case entry and to text. Knows such entries and no case."""

from __future__ import annotations

from ...case.field_types import clean
from ...case.materials import FoundScan
from ...rules.imaging import found
from .. import named_scans
from ..values import Study


def found_scan(study: Study, lacks: str = "") -> FoundScan:
    """The entry of a study; `lacks` says what is missing."""
    return FoundScan(
        modality="/".join(named_scans.modalities(study)) or clean(study.modality),
        on=study.date,
        body_part=clean(study.body_part),
        description=clean(study.description),
        accession=clean(study.accession),
        study_uid=clean(study.study_uid),
        series=study.series,
        images=study.images,
        lacks=lacks,
    )


def study_line(study: Study, lacks: str = "") -> str:
    """A study as text, worded like its entry."""
    return found.line(found_scan(study, lacks))
