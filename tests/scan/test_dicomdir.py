"""A DICOMDIR is held against the files that are there, and nothing is opened because it says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydicom.fileset import FileSet

from tests.scan import made
from workbook.scan import inventory, sources
from workbook.scan.values import Directory, Inventory, Source

STUDY = ("STUDY", {"StudyInstanceUID": "1.2.9.1", "StudyDate": "20261103"})
SERIES = ("SERIES", {"SeriesInstanceUID": "1.2.9.1.1", "Modality": "CT"})


def named(*parts: str) -> tuple[str, dict[str, Any]]:
    """An image record that points at a file."""
    return ("IMAGE", {"ReferencedFileID": list(parts)})


def only(root: Path) -> Directory:
    """The one DICOMDIR of a disc."""
    (found,) = inventory.take(root).dicomdir
    return found


def test_a_disc_as_pydicom_writes_it_is_whole(tmp_path: Path) -> None:
    fileset = FileSet()
    for number in (1, 2):
        fileset.add(_dataset(number))
    fileset.write(tmp_path / "disc")
    fileset._stage["t"].cleanup()
    found = inventory.take(tmp_path / "disc")
    (directory,), (study,) = found.dicomdir, found.studies
    assert (directory.references, directory.present, directory.missing, directory.unlisted) == (2, 2, [], [])
    assert (study.images, study.missing, study.patient.name) == (2, "", "Ada Quill")


def _dataset(number: int) -> Any:
    import io

    import pydicom

    fields = {"PatientID": "A-1", "StudyID": "1", "SeriesNumber": 1, "InstanceNumber": number}
    return pydicom.dcmread(io.BytesIO(made.image(number, StudyTime="1000", AccessionNumber="", **fields)))


@pytest.mark.parametrize("rename", [str.lower, str.upper, lambda name: f"{name};1", lambda name: f"{name}.;1"])
def test_names_are_found_in_either_case_and_with_a_version(rename: Any, tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 2)
    for file in (disc / "IMAGES").iterdir():
        file.rename(file.with_name(rename(file.name)))
    (disc / "DICOMDIR").rename(disc / "dicomdir")
    assert (only(disc).present, only(disc).missing) == (2, [])


def test_what_is_missing_and_what_is_not_listed_is_named(tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 3, leave_out=1)
    (disc / "EXTRA.dcm").write_bytes(made.image(9, study="5.5"))
    found = only(disc)
    assert (found.references, found.present, found.missing) == (3, 2, ["IMAGES/IM000003"])
    assert found.unlisted == ["EXTRA.dcm"]
    assert "not here" in found.why


def test_names_that_lead_out_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.dcm").write_bytes(made.image())
    disc = tmp_path / "disc"
    disc.mkdir()
    entries = [STUDY, SERIES, named("..", "secret.dcm"), named("C:", "x"), named("", "etc", "passwd")]
    (disc / "DICOMDIR").write_bytes(made.directory(entries))
    found = inventory.take(disc)
    assert found.dicomdir[0].unsafe == ["../secret.dcm", "C:/x", "/etc/passwd"]
    assert (found.dicomdir[0].present, found.files[0].status) == (0, "refused")
    assert [file.path for file in found.files] == ["DICOMDIR"]


def test_a_disc_of_two_levels_is_followed(tmp_path: Path) -> None:
    """Philips and Elscint: the top names studies only, each with a DICOMDIR of its own, paths from the top."""
    (tmp_path / "S1").mkdir()
    below = [STUDY, SERIES, named("S1", "IM1"), named("S1", "IM2")]
    top = ("STUDY", {**STUDY[1], "ReferencedFileID": ["S1", "DIRFILE"]})
    (tmp_path / "DICOMDIR").write_bytes(made.directory([("PATIENT", {"PatientName": "Quill^Ada"}), top]))
    # Below the top, paths still begin at the top of the disc.
    (tmp_path / "S1/DIRFILE").write_bytes(made.directory([*below, ("STUDY", {"ReferencedFileID": ["DICOMDIR"]})]))
    (tmp_path / "S1/IM1").write_bytes(made.image())
    found = inventory.take(tmp_path)
    (directory,), (study,) = found.dicomdir, found.studies
    assert (directory.path, directory.references, directory.present) == ("DICOMDIR", 2, 1)
    assert directory.missing == ["S1/IM2"]
    assert study.missing == "Not here: 1 of the 2 files that the disc names."


def test_it_is_told_before_any_other_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disc = made.disc(tmp_path / "disc", 2)
    opened: list[str] = []
    real = sources.head

    def noted(source: Source, size: int) -> bytes:
        opened.append(source.path)
        return real(source, size)

    first: list[tuple[int, list[str], list[str]]] = []

    def told(done: int, _: int, found: Inventory) -> None:
        if found.dicomdir and not first:
            first.append((done, [study.study_uid for study in found.dicomdir[0].studies], list(set(opened))))

    monkeypatch.setattr(sources, "head", noted)
    inventory.take(disc, told)
    assert first == [(0, ["1.2.9.1"], ["DICOMDIR"])]


def test_one_of_another_name_is_read_in_its_turn(tmp_path: Path) -> None:
    entries = [("PATIENT", {"PatientName": "Stone^Bo"}), STUDY, SERIES, named("A")]
    (tmp_path / "INDEX.BIN").write_bytes(made.directory(entries))
    found = inventory.take(tmp_path, is_me=lambda _: "other")
    assert (found.patients[0].name, bool(found.stopped), found.dicomdir[0].missing) == ("Bo Stone", True, ["A"])
