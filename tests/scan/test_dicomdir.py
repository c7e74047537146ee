"""A DICOMDIR is compared with the files that exist, and nothing is opened because it references it."""

from __future__ import annotations

import io
import shutil
import zipfile
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
    """An image record that references a file."""
    return ("IMAGE", {"ReferencedFileID": list(parts)})


def only(root: Path) -> Directory:
    """The one DICOMDIR of a disc."""
    (found,) = inventory.take(root).dicomdir
    return found


def test_a_disc_written_by_pydicom_is_complete(tmp_path: Path) -> None:
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


@pytest.mark.parametrize("rename", [lambda name: f"{name}.dcm", lambda name: f"{name}.DCM;1".lower()])
def test_names_are_found_with_an_added_extension(rename: Any, tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 2)
    for file in (disc / "IMAGES").iterdir():
        file.rename(file.with_name(rename(file.name)))
    assert (only(disc).present, only(disc).missing) == (2, [])


def numbered(*names: str, first: int = 1, study: str = "1.2.9.1") -> bytes:
    """A DICOMDIR with the UID of each image, as the standard requires."""
    entries = [named(*name.split("/")) for name in names]
    for number, (_, fields) in enumerate(entries, first):
        fields["ReferencedSOPInstanceUIDInFile"] = f"{study}.1.{number}"
    of = (
        ("STUDY", {**STUDY[1], "StudyInstanceUID": study}),
        ("SERIES", {**SERIES[1], "SeriesInstanceUID": f"{study}.1"}),
    )
    return made.directory([*of, *entries])


def test_images_copied_flat_under_other_names_are_found(tmp_path: Path) -> None:
    (tmp_path / "DICOMDIR").write_bytes(numbered("IMAGES/IM1", "IMAGES/IM2"))
    for number in (1, 2):
        (tmp_path / f"scan {number}.dcm").write_bytes(made.image(number))
    found = inventory.take(tmp_path)
    (directory,), (study,) = found.dicomdir, found.studies
    assert (directory.present, directory.missing, directory.unlisted, directory.why) == (2, [], [], "")
    assert (study.images, study.missing) == (2, "")


@pytest.mark.parametrize("numbers", [True, False])
def test_a_copied_dicomdir_in_another_folder_changes_nothing(numbers: bool, tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 3)
    if numbers:
        (disc / "DICOMDIR").write_bytes(numbered(*(f"IMAGES/IM{n:06d}" for n in (1, 2, 3))))
    for folder in ("a copy", "z copy"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "DICOMDIR").write_bytes((disc / "DICOMDIR").read_bytes())
    found = inventory.take(tmp_path)
    assert [(d.present, d.why) for d in found.dicomdir if d.references] == [(3, "")] * len(found.dicomdir)
    assert [s.missing for s in found.studies] == [""]


def told(root: Path) -> dict[str, tuple[int, int]]:
    """For each DICOMDIR, how many referenced files exist, and how many do not."""
    return {d.path: (d.present, len(d.missing)) for d in inventory.take(root).dicomdir}


@pytest.mark.parametrize("left", [0, 1])
@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize("packed", [True, False])
def test_files_of_another_disc_do_not_complete_a_disc(left: int, numbers: bool, packed: bool, tmp_path: Path) -> None:
    """Scanners name the files of every disc alike."""
    root = tmp_path / "both"
    for study, name, gone in (("1.2.9.1", "disc1", 0), ("1.2.9.2", "disc2", 3 - left)):
        disc = made.disc(root / name, 3, leave_out=gone, study=study)
        if numbers:
            (disc / "DICOMDIR").write_bytes(numbered(*(f"IMAGES/IM{n:06d}" for n in (1, 2, 3)), study=study))
        if packed:
            with zipfile.ZipFile(root / f"{name}.zip", "w") as out:
                for file in sorted(file for file in disc.rglob("*") if file.is_file()):
                    out.write(file, file.relative_to(disc).as_posix())
            shutil.rmtree(disc)
    beside = ".zip!/" if packed else "/"
    assert told(root) == {f"disc1{beside}DICOMDIR": (3, 0), f"disc2{beside}DICOMDIR": (left, 3 - left)}
    missing = [study.missing for study in inventory.take(root).studies]
    assert missing == ["", f"Not here: {3 - left} of the 3 files that the disc lists."]


def test_the_first_disc_of_a_study_does_not_complete_the_second(tmp_path: Path) -> None:
    for name, first in (("disc1", 1), ("disc2", 3)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "DICOMDIR").write_bytes(numbered("IM1", "IM2", first=first))
    for number in (1, 2):
        (tmp_path / "disc1" / f"IM{number}").write_bytes(made.image(number))
    assert told(tmp_path) == {"disc1/DICOMDIR": (2, 0), "disc2/DICOMDIR": (0, 2)}
    assert [s.missing for s in inventory.take(tmp_path).studies] == ["Not here: 2 of the 2 files that the disc lists."]


@pytest.mark.parametrize("numbers", [True, False])
def test_overwritten_images_do_not_match_their_references(numbers: bool, tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 2, study="1.2.9.2")
    names = ("IMAGES/IM000001", "IMAGES/IM000002")
    entries = [STUDY, SERIES, *(named(*name.split("/")) for name in names)]
    (disc / "DICOMDIR").write_bytes(numbered(*names) if numbers else made.directory(entries))
    assert told(disc) == {"DICOMDIR": (0, 2)}


def test_unreadable_files_belong_to_their_own_disc_only(tmp_path: Path) -> None:
    for name, study in (("disc1", "1.2.9.1"), ("disc2", "1.2.9.2")):
        disc = made.disc(tmp_path / name, 2, study=study)
        for file in (disc / "IMAGES").iterdir():
            file.write_bytes(b"\x93" * 300) if name == "disc1" else file.unlink()
    assert told(tmp_path) == {"disc1/DICOMDIR": (2, 0), "disc2/DICOMDIR": (0, 2)}


def test_an_absent_image_is_still_missing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for folder in (tmp_path, tmp_path / "a"):
        (folder / "DICOMDIR").write_bytes(numbered("IMAGES/IM1", "IMAGES/IM2"))
    (tmp_path / "scan.dcm").write_bytes(made.image(2))
    found = inventory.take(tmp_path)
    assert {(tuple(d.missing), d.present) for d in found.dicomdir} == {(("IMAGES/IM1",), 1)}
    assert [s.missing for s in found.studies] == ["Not here: 1 of the 2 files that the disc lists."]


def test_a_zip_with_backslashes_matches_its_dicomdir(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in {
            "disc\\DICOMDIR": made.directory([STUDY, SERIES, named("IMAGES", "IM1")]),
            "disc\\IMAGES\\": b"",
            "disc\\IMAGES\\IM1": made.image(1),
        }.items():
            info = zipfile.ZipInfo("x")
            info.filename = info.orig_filename = name
            packed.writestr(info, data)
    (tmp_path / "cd.zip").write_bytes(out.getvalue())
    found = inventory.take(tmp_path)
    assert [file.path for file in found.files] == ["cd.zip", "cd.zip!/disc/DICOMDIR", "cd.zip!/disc/IMAGES/IM1"]
    assert [(d.references, d.present) for d in found.dicomdir] == [(1, 1)]
    assert [s.missing for s in found.studies] == [""]


def test_what_is_missing_and_what_is_not_listed_is_named(tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 3, leave_out=1)
    (disc / "EXTRA.dcm").write_bytes(made.image(9, study="5.5"))
    found = only(disc)
    assert (found.references, found.present, found.missing) == (3, 2, ["IMAGES/IM000003"])
    assert found.unlisted == ["EXTRA.dcm"]
    assert "not here" in found.why


def test_paths_that_escape_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.dcm").write_bytes(made.image())
    disc = tmp_path / "disc"
    disc.mkdir()
    entries = [STUDY, SERIES, named("..", "secret.dcm"), named("C:", "x"), named("", "etc", "passwd")]
    (disc / "DICOMDIR").write_bytes(made.directory(entries))
    found = inventory.take(disc)
    assert found.dicomdir[0].unsafe == ["../secret.dcm", "C:/x", "/etc/passwd"]
    assert (found.dicomdir[0].present, found.files[0].status) == (0, "refused")
    assert [file.path for file in found.files] == ["DICOMDIR"]


def test_nested_dicomdirs_are_followed(tmp_path: Path) -> None:
    """Philips and Elscint: the top lists studies only, each with a nested DICOMDIR and paths relative to the top."""
    (tmp_path / "S1").mkdir()
    below = [STUDY, SERIES, named("S1", "IM1"), named("S1", "IM2")]
    top = ("STUDY", {**STUDY[1], "ReferencedFileID": ["S1", "DIRFILE"]})
    (tmp_path / "DICOMDIR").write_bytes(made.directory([("PATIENT", {"PatientName": "Quill^Ada"}), top]))
    # In nested DICOMDIRs, paths are still relative to the top of the disc.
    (tmp_path / "S1/DIRFILE").write_bytes(made.directory([*below, ("STUDY", {"ReferencedFileID": ["DICOMDIR"]})]))
    (tmp_path / "S1/IM1").write_bytes(made.image())
    found = inventory.take(tmp_path)
    (directory,), (study,) = found.dicomdir, found.studies
    assert (directory.path, directory.references, directory.present) == ("DICOMDIR", 2, 1)
    assert directory.missing == ["S1/IM2"]
    assert study.missing == "Not here: 1 of the 2 files that the disc lists."


def test_its_contents_are_reported_before_any_other_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_dicomdir_with_another_name_is_read_in_path_order(tmp_path: Path) -> None:
    entries = [("PATIENT", {"PatientName": "Stone^Bo"}), STUDY, SERIES, named("A")]
    (tmp_path / "INDEX.BIN").write_bytes(made.directory(entries))
    found = inventory.take(tmp_path, is_me=lambda _: "other")
    assert (found.patients[0].name, bool(found.stopped), found.dicomdir[0].missing) == ("Bo Stone", True, ["A"])
