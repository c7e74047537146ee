"""The records page scans a disc: patient, contents, missing scans; it stops at another person's."""

from __future__ import annotations

import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pydicom.config import disable_value_validation

import workbook as wb
from tests.scan import made
from tests.scan.discs import breast_disc, image, wrong_disc, zipped
from tests.scan.found import MG
from tests.scan.test_locked import PASSWORD, by_aes
from tests.ui.driver import Driver
from tests.ui.pagekit import page
from workbook.case import Case
from workbook.case.change import Change
from workbook.scan.match import checking, coverage, to_case
from workbook.scan.show import packet, study_lines
from workbook.scan.values import Coverage, Directory, Inventory, Person
from workbook.session import demo
from workbook.store import open_store
from workbook.ui.handle import OpenCase


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home folder on a personal computer."""
    home = tmp_path / "me"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("WORKBOOK_OWN_COMPUTER", "1")
    for name in ("JUPYTERHUB_API_URL", "JUPYTERHUB_SERVICE_PREFIX", "WORKBOOK_DEMO_ONLY"):
        monkeypatch.delenv(name, raising=False)
    return home


def story(number: int) -> OpenCase:
    open_store().create(demo.cases()[number])
    return OpenCase()


def panel(case: OpenCase) -> tuple[Driver, Any]:
    widget = wb.check_disc(case).children[0]
    return page(widget), widget.widget.backend.presses["enter"].__self__


def looked(case: OpenCase, folder: str) -> Driver:
    """The panel after someone selected a folder of their home and the scan is over."""
    driver, disc = panel(case)
    driver.press("your own folder")
    driver.press(folder)
    driver.press("Look at this folder")
    disc.looking.wait()
    driver.open()
    return driver


def test_the_breast_story_has_its_mammogram_and_not_its_ultrasound(at_home: Path) -> None:
    breast_disc(at_home / "disc")
    case = story(0)
    shown = looked(case, "disc")
    assert "This is the patient." in shown.html
    assert "Mammogram, breast: 4 images" in shown.html.partition("<h4>October 14, 2026</h4>")[2]
    assert "Left breast ultrasound, October 14, 2026" in shown.html.partition("Not found in these files")[2]
    shown.ask({"do": "press", "name": "keep", "value": {"sender": "Harrow Ridge imaging", "kind": "disc"}})
    kept = list(case.records.media.values())[-1]
    assert (kept.result.value, kept.sender, kept.kind.value) == ("missing_study", "Harrow Ridge imaging", "disc")
    assert ("MG", "2026-10-14", "BREAST") in [(scan.modality, scan.on, scan.body_part) for scan in kept.scans]
    assert [(scan.modality, scan.on) for scan in kept.scans_missing] == [("US", "2026-10-14")]
    assert "The result is saved." in shown.html


def test_a_scan_ends_when_its_page_is_left(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breast_disc(at_home / "disc")
    read, left = threading.Event(), threading.Event()

    def slowly(_root: Any, _case: Any, progress: Any) -> Inventory:
        read.set()
        assert left.wait(10)
        assert progress(1, 5000, Inventory()) is False, "the next file is not read"
        return Inventory(stopped="stopped")

    monkeypatch.setattr(checking, "look", slowly)
    widget = wb.check_disc(story(0)).children[0]
    driver, disc = page(widget), widget.widget.backend.presses["enter"].__self__
    for button in ("your own folder", "disc", "Look at this folder"):
        driver.press(button)
    assert read.wait(10)
    widget.close()
    left.set()
    disc.looking.wait(10)
    assert disc.looking.over


def test_the_wrong_disc_of_the_spine_story_stops(at_home: Path) -> None:
    wrong_disc(at_home / "disc")
    case = story(1)
    shown = looked(case, "disc")
    assert "Stop here." in shown.html
    assert "Tell its privacy office." in shown.html
    assert shown.html.index("earlier name") < shown.html.index("Stop here.")
    assert "Add an earlier name</a>" in shown.html
    assert "June 21, 1951" in shown.html, "the birth date that differs is shown"
    assert "Delete a download." in shown.html
    assert "November 19" not in shown.html, "nothing of the other person's records is shown"
    shown.ask({"do": "press", "name": "keep", "value": {"sender": "Copper Fork", "kind": "disc"}})
    assert list(case.records.media.values())[-1].result.value == "other_patient"


def test_without_a_name_nothing_counts_and_the_page_links_to_it(at_home: Path) -> None:
    breast_disc(at_home / "disc")
    case = story(0)
    case.session.apply([Change("put", "person.name", "")])
    shown = looked(case, "disc")
    assert "The workbook has no name to compare with." in shown.html
    assert 'href="' in shown.html.partition("no name to compare with. Add")[2][:120]
    before, _, after = shown.html.partition("If this is the patient:")
    assert "Found for your list of records" in after
    assert "Found for your list of records" not in before


def test_an_empty_folder_is_reported_and_not_saved(at_home: Path) -> None:
    (at_home / "disc").mkdir()
    shown = looked(story(0), "disc")
    assert "There are no files here. Is the disc in the drive?" in shown.html
    assert "Save this result" not in shown.html


def test_a_small_file_is_read_in_memory(at_home: Path) -> None:
    case = story(0)
    widgets = wb.check_disc(case).children
    shown, load = page(widgets[0]), page(widgets[1])
    told = load.ask({"do": "upload", "name": "disc.zip"}, [zipped(breast_disc(at_home / "disc"))])
    assert told["do"] == "taken"
    assert not told["text"].startswith("Looking"), "it stays when the look is over"
    widgets[0].widget.backend.presses["enter"].__self__.looking.wait()
    shown.open()
    assert "Mammogram, breast: 4 images" in shown.html.partition("<h4>October 14, 2026</h4>")[2]


def test_only_the_persons_own_folders_can_be_chosen(at_home: Path, tmp_path: Path) -> None:
    (at_home / "records").mkdir()
    (at_home / ".hidden").mkdir()
    (tmp_path / "away").mkdir()
    (at_home / "out").symlink_to(tmp_path / "away")
    shown, disc = panel(story(0))
    shown.press("your own folder")
    assert "records" in shown.html
    assert ".hidden" not in shown.html
    assert "out</bdi>" not in shown.html
    disc.at = tmp_path / "away"
    shown.ask({"do": "press", "name": "look", "value": None})
    assert disc.looking is None


def test_cancel_stops_the_scan(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_root: Any, _case: Any, progress: Any) -> Inventory:
        while progress(1, 6, Inventory()):
            time.sleep(0.001)
        return Inventory(stopped="Reading stopped.")

    monkeypatch.setattr(checking, "look", endless)
    breast_disc(at_home / "disc")
    shown, disc = panel(story(0))
    shown.press("your own folder")
    shown.press("disc")
    shown.press("Look at this folder")
    before = disc.looking
    shown.ask({"do": "press", "name": "cancel", "value": None})
    before.wait()
    assert "You stopped. Nothing was saved." in shown.html


@pytest.mark.parametrize("name", ["WORKBOOK_DEMO_ONLY", "JUPYTERHUB_API_URL"])
def test_on_a_shared_server_no_folder_can_be_chosen(at_home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    case = story(0)
    made = wb.check_disc(case)
    shown = page(made if name == "WORKBOOK_DEMO_ONLY" else made.children[0])
    assert "On your own computer" in shown.html or "on your own computer" in shown.html
    assert "data-press" not in shown.html


def test_what_a_page_shows_is_escaped(at_home: Path) -> None:
    (at_home / "<img src=x onerror=alert(1)>").mkdir()
    shown, _disc = panel(story(0))
    shown.press("your own folder")
    assert "<img" not in shown.html


def test_during_a_scan_the_page_shows_progress_and_the_dicomdir(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (at_home / "slow").mkdir()
    go, seen = threading.Event(), threading.Event()

    def slow(root: Path, case: Any, progress: Any) -> Inventory:
        found = Inventory(dicomdir=[Directory("DICOMDIR", studies=[MG])])
        assert progress(0, 0, found) is True
        assert progress(3, 9, found) is True
        seen.set()
        go.wait(20)
        assert progress(4, 9, found) is False, "the person pressed Cancel"
        return found

    monkeypatch.setattr(checking, "look", slow)
    shown, disc = panel(story(0))
    shown.press("your own folder")
    shown.press("slow")
    shown.press("Look at this folder")
    assert seen.wait(20)
    shown.open()
    assert "File 3 of 9." in shown.html
    assert 'max="9" value="3"' in shown.html
    assert "Mammogram (MG), breast, October 14, 2026" in shown.html
    looking = disc.looking
    shown.press("Cancel")
    go.set()
    looking.wait()
    assert looking.over
    assert "You stopped. Nothing was saved." in shown.html


def test_any_disc_gets_a_message(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> Inventory:
        raise MemoryError("Marisol")

    (at_home / "bad").mkdir()
    monkeypatch.setattr(checking, "look", broken)
    shown = looked(story(0), "bad")
    assert "This could not be read. Nothing was changed." in shown.html
    assert "Marisol" not in shown.html
    shown.press("Choose another folder")
    assert "Where is it?" in shown.html or "You are in:" in shown.html


def test_another_persons_disc_with_a_dicomdir_is_not_an_empty_disc(at_home: Path) -> None:
    made.disc(at_home / "disc", PatientName="Otherperson^Jordan")
    case = story(0)
    shown = looked(case, "disc")
    assert "Stop here." in shown.html
    assert "Jordan Otherperson" in shown.html
    assert "There are no files here" not in shown.html
    assert "November 3" not in shown.html, "nothing of the other person's records is shown"
    shown.ask({"do": "press", "name": "keep", "value": {"sender": "Copper Fork", "kind": "disc"}})
    assert list(case.records.media.values())[-1].result.value == "other_patient"


def test_cancel_does_not_hide_another_person(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (at_home / "disc").mkdir()
    shown, disc = panel(story(0))

    def slow(*_args: Any) -> Inventory:
        disc.looking.stop()
        return Inventory(patients=[Person("Jordan Otherperson", verdict="other")], stopped="x")

    monkeypatch.setattr(checking, "look", slow)
    shown.press("your own folder")
    shown.press("disc")
    shown.press("Look at this folder")
    disc.looking.wait()
    shown.open()
    assert "Stop here." in shown.html


def test_errors_while_showing_or_saving_end_in_a_message(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_more: Any) -> Any:
        raise IndexError("Marisol")

    breast_disc(at_home / "disc")
    shown = looked(story(0), "disc")
    with monkeypatch.context() as here:
        here.setattr(to_case, "change", broken)
        said = shown.ask({"do": "press", "name": "keep", "value": {"sender": "", "kind": "disc"}})
        assert "This result cannot be saved. Nothing was changed." in said["text"]
    monkeypatch.setattr(study_lines, "study_line", broken)
    shown.open()
    assert "The files were read, but what is in them cannot be shown." in shown.html
    assert "Reading" not in shown.html
    assert "Marisol" not in shown.html
    assert "Choose another folder" in shown.html


def test_impossible_dates_do_not_hang_the_page(at_home: Path) -> None:
    who = {"name": "QUINTERO-BATHORY^MARISOL", "modality": "MG", "part": "BREAST", "day": "20261345"}
    for number, birth in enumerate(("19720230", "18000101", "11111111", "19720309"), 1):
        with disable_value_validation():
            image(at_home / "disc" / f"IM{number}", **who, birth=birth, study=f"s{number}", number=number)
    case = story(0)
    shown = looked(case, "disc")
    assert "Reading" not in shown.html
    assert "This is the patient." in shown.html
    shown.ask({"do": "press", "name": "keep", "value": {"sender": "Harrow Ridge", "kind": "disc"}})
    assert "The result is saved." in shown.html


def test_an_impossible_birth_date_is_not_another_person(at_home: Path) -> None:
    who = {"name": "QUINTERO-BATHORY^MARISOL", "modality": "MG", "part": "BREAST", "day": "20261014"}
    with disable_value_validation():
        image(at_home / "disc" / "IM1", **who, birth="19720230", study="s")
    shown = looked(story(0), "disc")
    assert "We cannot tell whether this is the patient. The birth date on it cannot be right." in shown.html
    assert "Stop here." not in shown.html


def test_a_document_naming_another_person_is_reported_on_the_page(at_home: Path) -> None:
    breast_disc(at_home / "disc")
    (at_home / "disc" / "Mammogram report.txt").write_text(
        "MAMMOGRAM REPORT\nPatient: Jordan Otherperson\n10/14/2026\n"
    )
    shown = looked(story(0), "disc")
    _, _, told = shown.html.partition("Documents that name someone else")
    assert "Mammogram report.txt names Jordan Otherperson." in told
    assert "Stop here." not in shown.html


def test_findings_are_compared_with_the_checklist_once(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    held_against = coverage.coverage

    def counted(found: Inventory, case: Case) -> list[Coverage]:
        calls.append("once")
        return held_against(found, case)

    monkeypatch.setattr(checking, "coverage", counted)
    monkeypatch.setattr(coverage, "coverage", counted)
    breast_disc(at_home / "disc")
    shown = looked(story(0), "disc")
    shown.open()
    assert calls == ["once"]
    shown.ask({"do": "press", "name": "keep", "value": {"sender": "", "kind": "disc"}})
    assert calls == ["once", "once"], "what was kept changes what is still looked for"


def test_on_a_computer_a_page_cannot_name_a_folder_to_read(at_home: Path, tmp_path: Path) -> None:
    breast_disc(tmp_path / "chosen" / "1")
    case = story(0)
    case.bind("demo-breast")
    for place in (str(tmp_path / "chosen" / "1"), "/chosen/1", "/", None):
        disc = panel(case)[1]
        answer = disc.presses()["chosen"](case, place)
        assert disc.looking is None
        assert "There are no files in that folder." in answer


def test_locked_files_ask_for_their_password_and_keep_it_nowhere(at_home: Path) -> None:
    (at_home / "disc").mkdir()
    (at_home / "disc/images.zip").write_bytes(
        by_aes(IM1=made.image(1, PatientName="Quintero-Bathory^Marisol", PatientBirthDate="19720309"))
    )
    shown, disc = panel(story(0))
    for button in ("your own folder", "disc", "Look at this folder"):
        shown.press(button)
    disc.looking.wait()
    assert "Some files are locked. Password:" in shown.html
    shown.ask({"do": "press", "name": "unlock", "value": {"password": PASSWORD}})
    disc.looking.wait()
    assert "Some files are locked" not in shown.html
    assert "1 scan with 1 image" in shown.html
    assert PASSWORD not in shown.html


def looked_at(home: Path, folder: str = "disc") -> tuple[Driver, Any]:
    """The page after a look at this folder."""
    shown, disc = panel(story(0))
    for button in ("your own folder", folder, "Look at this folder"):
        shown.press(button)
    disc.looking.wait()
    return shown, disc


@pytest.mark.parametrize("downloads", [True, False])
def test_the_packet_is_made_from_the_page(at_home: Path, downloads: bool) -> None:
    place = at_home / "Downloads" if downloads else at_home
    place.mkdir(exist_ok=True)
    breast_disc(at_home / "disc")
    shown, disc = looked_at(at_home)
    shown.press("Make the packet")
    disc.packing.wait()
    (made_zip,) = place.glob("second-opinion-records-*.zip")
    assert "Quintero" not in made_zip.name
    assert f"It is in the folder {place.name}, and is called {made_zip.name}." in shown.html
    with zipfile.ZipFile(made_zip) as packet:
        assert "DICOM/20261014/IM1" in packet.namelist()
        assert "00-INDEX.html" in packet.namelist()
    shown.press("Make the packet")
    disc.packing.wait()
    assert len([*place.glob("second-opinion-records-*.zip")]) == 2, "an earlier packet is never replaced"


def test_a_packet_of_the_folder_for_downloads_is_saved_beside_it(at_home: Path) -> None:
    breast_disc(at_home / "Downloads")
    shown, disc = looked_at(at_home, "Downloads")
    shown.press("Make the packet")
    disc.packing.wait()
    assert len([*at_home.glob("second-opinion-records-*.zip")]) == 1


def test_cancel_leaves_nothing_of_a_packet(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breast_disc(at_home / "disc")
    shown, disc = looked_at(at_home)
    real = packet.make

    def slow(*given: Any, progress: Any, **more: Any) -> Any:
        disc.packing.stop()
        return real(*given, progress=progress, **more)

    monkeypatch.setattr(packet, "make", slow)
    shown.press("Make the packet")
    disc.packing.wait()
    assert "You stopped. No packet was made." in shown.html
    assert [*at_home.glob("second-opinion-records-*")] == []


def test_no_packet_is_offered_of_another_persons_disc(at_home: Path) -> None:
    wrong_disc(at_home / "disc")
    shown, _ = looked_at(at_home)
    assert "Make the packet" not in shown.html
