"""On every public DICOMDIR our reader agrees with dcmdump's counts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import samples
from workbook.scan import inventory, sources
from workbook.scan.formats.dicom import dicomdir
from workbook.scan.values import Directory, Source


def only(root: Path) -> Directory:
    """The one DICOMDIR of a disc."""
    (found,) = inventory.take(root).dicomdir
    return found


@pytest.mark.parametrize(("path", "facts"), samples.facts("dicomdir"))
def test_reference_counts_agree_with_dcmdump(path: str, facts: dict[str, Any], tmp_path: Path) -> None:
    if path.startswith("dicom/dicomdir_variants"):
        shutil.copy(samples.at(path), tmp_path / "DICOMDIR")
        found = only(tmp_path)
    else:
        found = only(samples.at(path).parent)
    assert (found.references, found.present, len(found.missing)) == (
        facts["referenced"],
        facts["present"],
        facts["missing"],
    )
    # The one without PATIENT records is counted by its studies all the same.
    assert len(found.studies) == facts["records"].get("STUDY", 0)


def test_the_order_of_records_does_not_matter() -> None:
    folder = samples.RECORDS / "dicom" / "dicomdir_variants"
    told = []
    for name in ("DICOMDIR-reordered", "DICOMDIR-bigEnd", "DICOMDIR-implicit", "DICOMDIR-nooffset"):
        source = sources.one(folder / name)
        assert isinstance(source, Source)
        told.append(
            {study.study_uid: (study.series, study.images, study.patient) for study in dicomdir.read(source).studies}
        )
    assert told[0] == told[1] == told[2] == told[3]
    assert sum(images for _, images, _ in told[0].values()) == 31
