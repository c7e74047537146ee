"""Images are grouped into studies: contents, truncated files, reports, and patients."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import samples
from tests.scan import made
from workbook.scan import inventory
from workbook.scan.show import study_lines
from workbook.scan.values import Inventory, Patient, Verdict


def put(folder: Path, **files: bytes) -> Path:
    """A folder of these files."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_images_and_their_report_are_one_study(tmp_path: Path) -> None:
    found = inventory.take(
        put(tmp_path, a=made.image(1), b=made.image(2, series="1.2.9.1.7"), c=made.report(3, series="1.2.9.1.8"))
    )
    (study,) = found.studies
    assert (study.date, study.modality, study.body_part, study.description) == (
        "2026-11-03",
        "CT",
        "ABDOMEN",
        "CT Abdomen",
    )
    assert (study.series, study.images, study.objects, study.reports) == (3, 2, 3, ["c"])
    assert (study.patient.name, study.missing, study.paths) == ("Ada Quill", "", ["a", "b", "c"])


@pytest.mark.parametrize(
    ("frames", "told"),
    [("168", "2 images with 336 pictures"), ("1", "2 images"), ("0", "2 images"), (None, "2 images")],
)
def test_pictures_inside_an_image_are_counted(frames: str | None, told: str, tmp_path: Path) -> None:
    files = {f"f{number}": made.image(number, NumberOfFrames=frames) for number in (1, 2)}
    (study,) = inventory.take(put(tmp_path, **files)).studies
    assert study_lines.study_line(study) == f"CT, belly (abdomen), November 3, 2026: {told} (CT Abdomen)"


def test_a_report_alone_says_that_the_images_are_missing(tmp_path: Path) -> None:
    (study,) = inventory.take(put(tmp_path, a=made.report())).studies
    assert (study.images, study.missing) == (0, "There is a report but no images.")


def test_truncated_images_are_counted_and_reported(tmp_path: Path) -> None:
    (study,) = inventory.take(put(tmp_path, a=made.image(1), b=made.image(2)[:-9])).studies
    assert (study.images, study.missing) == (2, "Cut short or damaged: 1 of 2 files.")


def test_copies_count_once(tmp_path: Path) -> None:
    found = inventory.take(put(tmp_path, a=made.image(), b=made.image(), c=made.image(PatientComments="x")))
    assert [(file.status, file.why) for file in found.files] == [
        ("ok", ""),
        ("duplicate", "The same file as a."),
        ("duplicate", "The same image as a, in a file that differs."),
    ]
    assert (found.studies[0].images, found.studies[0].paths) == (1, ["a"])


def test_an_intact_copy_replaces_a_damaged_one(tmp_path: Path) -> None:
    found = inventory.take(put(tmp_path, a=made.image()[:-9], b=made.image(), c=made.image()))
    assert [(file.status, file.why) for file in found.files[1:]] == [("ok", ""), ("duplicate", "The same file as b.")]
    assert (found.studies[0].images, found.studies[0].paths, found.studies[0].missing) == (1, ["b"], "")


def test_of_a_damaged_and_an_intact_copy_the_intact_one_counts(tmp_path: Path) -> None:
    found = inventory.take(put(tmp_path, a=made.image()[:-9], b=made.image()))
    assert [file.status for file in found.files] == ["damaged", "ok"]
    assert (found.studies[0].images, found.studies[0].missing, found.studies[0].paths) == (1, "", ["b"])


def test_duplicates_of_other_formats_are_reported(tmp_path: Path) -> None:
    found = inventory.take(put(tmp_path, a=b"MZ\0 one", b=b"MZ\0 two", c=b"MZ\0 one"))
    assert [file.status for file in found.files] == ["skipped", "skipped", "duplicate"]
    assert inventory.take(put(tmp_path, c=b"MZ\0 longer")).files[2].sha256 == ""  # nothing to compare it with


def test_another_patient_stops_the_scan_at_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def is_me(patient: Patient) -> Verdict:
        asked.append(patient.name)
        return "other" if patient.family == "Stone" else "same"

    other = made.image(3, study="7.7", PatientName="Stone^Bo", PatientBirthDate="19500505")
    found = inventory.take(put(tmp_path, a=made.image(1), b=made.image(2), c=other, d=made.image(4)), is_me=is_me)
    assert asked == ["Ada Quill", "Bo Stone"]
    assert [file.path for file in found.files] == ["a", "b", "c"]
    assert [(one.name, one.verdict) for one in found.patients] == [("Ada Quill", "same"), ("Bo Stone", "other")]
    assert found.stopped
    assert "Stone" not in found.stopped


def test_another_patient_in_the_dicomdir_stops_before_any_image_is_read(tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", 2, PatientName="Stone^Bo")
    found = inventory.take(disc, is_me=lambda _: "other")
    assert (found.files, bool(found.stopped), found.patients[0].name) == ([], True, "Bo Stone")


def test_a_scan_can_be_cancelled(tmp_path: Path) -> None:
    def enough(done: int, of: int, _: Inventory) -> bool:
        return (done, of) != (2, 3)

    found = inventory.take(put(tmp_path, a=made.image(1), b=made.image(2), c=made.image(3)), enough)
    assert (len(found.files), found.studies[0].images, bool(found.stopped)) == (2, 2, True)

    class Cancelled(Exception):
        pass

    def cancel(*_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        inventory.take(tmp_path, cancel)


def test_one_person_under_several_numbers_is_one_person(tmp_path: Path) -> None:
    again = made.image(2, study="8.8", PatientID="B-2", PatientBirthDate=None, PatientName="QUILL^ADA^^DR")
    twin = made.image(3, study="9.9", PatientID="C-3", PatientBirthDate="19700103")
    found = inventory.take(put(tmp_path, a=made.image(1), b=again, c=twin))
    assert [(one.birth, one.ids) for one in found.patients] == [("1970-01-02", ["A-1", "B-2"]), ("1970-01-03", ["C-3"])]


@pytest.mark.parametrize(("path", "facts"), samples.facts("dicom-folder"))
def test_the_studies_of_a_folder_agree_with_dcmdump(path: str, facts: dict[str, Any]) -> None:
    found = [study for study in inventory.take(samples.at(path)).studies if study.paths]
    # dcmdump rejects two truncated files; their headers can be read all the same.
    extra = [study for study in found if study.paths[0].startswith(("MR_truncated", "rtplan_truncated"))]
    if "study_list" not in facts:
        assert (len(found) - len(extra), sum(s.series for s in found) - len(extra)) == (
            facts["studies"],
            facts["series"],
        )
        return
    ours = sorted(
        (s.date.replace("-", ""), s.patient.id, s.description, s.series, s.objects) for s in found if s not in extra
    )
    theirs = sorted(
        (s["date"] or "", s["id"] or "", " ".join((s["desc"] or "").split()), s["series"], s["instances"])
        for s in facts["study_list"]
    )
    assert ours == theirs
    assert {code for s in found for code in s.modality.split("/")} == set(facts["modalities"])
    assert all(s.images == s.objects for s in found if s.modality in ("CT", "MR", "CR"))


def test_a_file_with_only_a_birth_year_is_not_a_second_person(tmp_path: Path) -> None:
    text = '{"resourceType":"Patient","name":[{"text":"Quill, Ada"}],"birthDate":"%s"}'
    put(tmp_path, a=(text % "1970").encode(), b=made.image(), c=(text % "1971").encode())
    people = inventory.take(tmp_path).patients
    assert [(p.birth, p.ids) for p in people] == [("1970-01-02", ["A-1"]), ("1971", [])]
