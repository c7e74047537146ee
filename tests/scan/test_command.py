"""`workbook scan` reports contents, patient and missing records; writes JSON and a packet; stops at another person."""

from __future__ import annotations

import json
import os
import signal
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.scan.discs import breast_disc, image, wrong_disc, zipped
from workbook.case import put
from workbook.cli import main, scan
from workbook.scan.match import checking
from workbook.scan.show import packet
from workbook.session import demo
from workbook.store import open_store

KEYS = {"whose", "files", "studies", "documents", "dicomdir", "patients", "coverage", "stopped"}


@pytest.fixture
def stories(home: Any) -> None:
    demo.add(open_store())


def told(capsys: pytest.CaptureFixture[str], *args: object) -> str:
    assert main(["scan", *map(str, args)]) == 0
    return capsys.readouterr().out


def found(capsys: pytest.CaptureFixture[str], *args: object) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(told(capsys, *args, "--json", "-"))
    return made


def test_the_breast_disc_as_text(stories: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = told(capsys, breast_disc(tmp_path), "--case", "demo-breast")
    assert words.startswith("6 files looked at.")
    assert "MARISOL QUINTERO-BATHORY, born March 9, 1972. This is the patient." in words
    assert "Left breast ultrasound, October 14, 2026" in words.partition("Not found in these files")[2]
    assert "Diagnostic mammogram, October 14, 2026 (4 files)" in words
    for never in ("complete", "no allergies"):
        assert never not in words.casefold()


def test_the_json_has_the_agreed_keys(stories: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = found(capsys, breast_disc(tmp_path / "disc"), "--case", "demo-breast")
    assert set(made) == KEYS
    assert made["files"][0] | {"path": "DICOM/20261014/IM1", "kind": "dicom", "status": "ok"} == made["files"][0]
    assert made["files"][0]["patient"] == {"name": "MARISOL QUINTERO-BATHORY", "birth": "1972-03-09", "id": "H-1"}
    assert [(s["modality"], s["date"], s["images"]) for s in made["studies"]] == [
        ("MG", "2026-10-14", 4),
        ("MG", "2026-10-16", 2),
    ]
    assert made["patients"] == [
        {"name": "MARISOL QUINTERO-BATHORY", "birth": "1972-03-09", "ids": ["H-1"], "verdict": "same"}
    ]
    rows = {row["item"]: row for row in made["coverage"]}
    assert len(rows["a4"]["found"]) == 4
    assert rows["a5"] == {"item": "a5", "found": [], "missing": "Not found in these files."}


def test_without_a_case_there_is_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    breast_disc(tmp_path)
    image(
        tmp_path / "X", name="OKONKWO^WALTER", birth="19530621", modality="US", day="20261120", part="KNEE", study="x"
    )
    made = found(capsys, tmp_path)
    assert [(p["name"], p["verdict"]) for p in made["patients"]] == [
        ("MARISOL QUINTERO-BATHORY", None),
        ("WALTER OKONKWO", None),
    ]
    assert made["coverage"] == []


def test_another_persons_disc_stops(stories: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    disc = wrong_disc(tmp_path / "disc")
    words = told(capsys, disc, "--case", "demo-spine")
    assert "tell its privacy office" in words.casefold()
    assert "This is someone else." in words
    assert "November 19" not in words, "nothing of the other person's records is shown"
    made = found(capsys, disc, "--case", "demo-spine")
    assert made["stopped"]
    assert len(made["files"]) < 2, "the second file is not read"
    goal = tmp_path / "p.zip"
    assert main(["scan", str(disc), "--case", "demo-spine", "--packet", str(goal)]) == 1
    assert not goal.exists()
    told(capsys, disc, "--case", "demo-spine", "--packet", goal, "--yes-second-patient")
    assert goal.exists()


def test_a_packet_and_a_file_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    disc = tmp_path / "disc.zip"
    disc.write_bytes(zipped(breast_disc(tmp_path / "disc")))
    words = told(capsys, disc, "--json", tmp_path / "found.json", "--packet", tmp_path / "packet.zip")
    assert "The packet is ready. It has 6 files and an index." in words
    with zipfile.ZipFile(tmp_path / "packet.zip") as packet:
        inside = packet.read("disc.zip!/DICOM/20261014/IM1")
    assert inside == (tmp_path / "disc/DICOM/20261014/IM1").read_bytes()
    assert set(json.loads((tmp_path / "found.json").read_text("utf-8"))) == KEYS
    assert stat.S_IMODE((tmp_path / "found.json").stat().st_mode) == 0o600
    assert main(["scan", str(disc), "--json", str(tmp_path / "found.json")]) == 1
    assert "already a file" in capsys.readouterr().err


def test_the_people_are_counted_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image(tmp_path / "A", name="A^B", birth="19700101", modality="DX", day="20260101", part="LSPINE", study="a")
    image(tmp_path / "B", name="C^D", birth="19800202", modality="DX", day="20260101", part="LSPINE", study="b")
    words = told(capsys, tmp_path)
    assert words.startswith("There are files from 2 people here.")
    assert "January 1, 2026\n  B A: X-ray, lower back (lumbar spine): 1 image\n  D C: X-ray" in words


def test_an_empty_folder_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, tmp_path) == "There are no files here. Is the disc in the drive?\n"


def test_one_program_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "v.exe").write_bytes(b"MZ" + bytes(200))
    assert "1 program was left alone. It was not started." in told(capsys, tmp_path)


def test_without_a_name_nothing_is_counted_as_the_patients(
    home: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store()
    store.create(put(demo.cases()[0], "person.name", ""))
    words = told(capsys, breast_disc(tmp_path / "disc"), "--case", "demo-breast")
    assert "The workbook has no name yet." in words
    assert "Found for the checklist, if it is the patient" in words


def test_ctrl_c_says_that_nothing_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "look", stopped)
    assert main(["scan", str(tmp_path)]) == 130
    assert "Stopped. Nothing was written." in capsys.readouterr().err


def test_without_a_terminal_progress_is_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "SELDOM", 0.0)
    monkeypatch.setattr(scan, "FIRST", 0.0)
    told(capsys, breast_disc(tmp_path))
    main(["scan", str(tmp_path)])
    err = capsys.readouterr().err
    assert "Reading file 3 of 6…\n" in err
    assert "\x1b" not in err


def test_nothing_to_scan_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(tmp_path / "none")]) == 1
    assert "There is no folder or file with that name." in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["disc_missing", "zips", "dicom"])
def test_the_sample_discs_are_listed_and_nothing_raises(
    folder: str, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = found(capsys, broken / folder)
    assert made["files"]
    assert all(row["why"] for row in made["files"] if row["status"] in ("refused", "damaged"))
    if folder == "disc_missing":
        (disc,) = made["dicomdir"]
        assert (disc["references"], disc["present"], len(disc["missing"])) == (31, 29, 2)


def test_a_name_on_a_disc_cannot_control_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image(tmp_path / "X", name="BAD\x1b[2J^NAME", birth="", modality="US", day="20261120", part="KNEE", study="x")
    assert "\x1b" not in told(capsys, tmp_path)


def test_a_report_on_the_disc_names_the_scan_that_is_not_there(
    stories: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    disc = breast_disc(tmp_path)
    lines = ("IMAGING REPORT", "Exam date: 10/14/2026", "Procedure: Ultrasound left breast", "Findings: none given.")
    (disc / "report.txt").write_text("\n".join(lines), "utf-8")
    rows = {row["item"]: row for row in found(capsys, disc, "--case", "demo-breast")["coverage"]}
    assert rows["a3"]["found"] == ["report.txt"]
    assert "ultrasound, breast, October 14, 2026" in rows["report.txt"]["missing"]
    assert "mammogram" not in told(capsys, disc, "--case", "demo-breast").partition("Not found in these files")[2]


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ending_the_program_leaves_no_partial_packet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    there: list[str] = []

    def ended(*_: object) -> None:
        there.extend(file.name for file in tmp_path.glob("*.part"))
        signal.raise_signal(getattr(signal, end))

    monkeypatch.setattr(packet, "_fill", ended)
    ctrl_c = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background starts with it ignored
    before = signal.getsignal(signal.SIGTERM)
    assert main(["scan", str(breast_disc(tmp_path / "disc")), "--packet", str(tmp_path / "a.zip")]) == 130
    assert there == ["a.zip.part"]
    assert [file.name for file in tmp_path.iterdir()] == ["disc"]
    assert signal.getsignal(signal.SIGTERM) == before
    signal.signal(signal.SIGINT, ctrl_c)
