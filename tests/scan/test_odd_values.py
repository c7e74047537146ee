"""Whatever dates and names a file contains, the scan continues, and every output and save works."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.scan import made, odd_files
from tests.scan.found import case
from workbook.case import Case
from workbook.case.paths import add
from workbook.cli import main
from workbook.cli import scan as command
from workbook.errors import CannotExport
from workbook.scan.match import checking, to_case
from workbook.scan.match.found_scans import study_line
from workbook.scan.match.suggestions import suggestions
from workbook.scan.pictures.album import Album
from workbook.scan.show import json_form, packet, report
from workbook.scan.values import Inventory
from workbook.ui.panels import scan

TODAY = dt.date(2026, 11, 22)
ROUNDS = int(os.environ.get("STRANGE_ROUNDS", "120"))
SEED = int(os.environ.get("STRANGE_SEED", "2026"))
LIGHT = sorted(set(odd_files.MAKERS) - {"pdf"})  # a PDF needs a child process, which is slow


def everything(root: Path, of: Case, goal: Path, *, pages: bool) -> Inventory:
    """A scan and all its outputs; none may fail, and what is written must be valid."""
    found = checking.look(root, of)
    checking.look(root, None)
    everyone = checking.look(root, of, go_on=True)
    for one in (found, everyone):
        assert command.text(one, of).encode()
        assert command.text(one).encode()
        whole = json.dumps(json_form.as_json(one), ensure_ascii=False, indent=1)
        assert json.loads(whole.encode())
        assert "".join(json_form.written(one)) == f"{whole}\n"
        [study_line(study) for directory in one.dicomdir for study in directory.studies]
        change = to_case.change(one, of, TODAY, kind="disc", sender="Harrow Ridge")
        for each in (change, *(offer.change for offer in suggestions(one, of))):
            add(of, each.path, each.value)
        assert panel(one, of)
    if pages:
        with suppress(CannotExport):  # if no file can be read there is nothing to pack
            packet.make(everyone, goal, root, second_patient=True, overwrite=True, case=of)
    return found


def panel(found: Inventory, of: Case) -> str:
    """The page's panel for it."""

    class Handle:
        bound, case = True, of

    disc = scan.Disc()
    disc.looking = type("Over", (), {"over": True, "found": found, "trouble": "", "album": Album(found), "root": []})()
    ways, scan._way = scan._way, lambda *_: None
    try:
        return disc._result(Handle(), found)  # type: ignore[arg-type]
    finally:
        scan._way = ways


@pytest.mark.parametrize("rounds", [ROUNDS // 3, pytest.param(ROUNDS, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kinds", [*([kind] for kind in LIGHT), LIGHT], ids=lambda kinds: "+".join(kinds)[:40])
def test_any_dates_and_names(kinds: list[str], rounds: int, tmp_path: Path) -> None:
    pick = random.Random(f"{SEED} {kinds}")
    of = case()
    for number in range(rounds // (6 if len(kinds) > 1 else 4)):
        root = odd_files.folder(tmp_path / str(number), pick, kinds)
        found = everything(root, of, tmp_path / "p.zip", pages=number % 10 == 0)
        real(found)


def test_any_text_of_a_pdf(tmp_path: Path) -> None:
    pick = random.Random(SEED)
    for number in range(max(ROUNDS // 20, 3)):
        real(
            everything(
                odd_files.folder(tmp_path / str(number), pick, ["pdf", "pdf"]), case(), tmp_path / "p", pages=False
            )
        )


def real(found: Inventory) -> None:
    """Every displayed date is valid, and within the years that the workbook accepts."""
    dates = [p.birth for p in found.patients] + [s.date for s in found.studies]
    dates += [f.patient.birth for f in found.files] + [f.image.date for f in found.files if f.image]
    for document in found.documents:
        listed = [*document.medications, *document.allergies, *document.diagnoses, *document.studies]
        dates += [document.date, *(entry.date for entry in listed), *(p.birth for p in document.worded)]
    for date in filter(None, dates):
        parts = [int(part) for part in date.split("-")]
        assert 1880 <= dt.date(*[*parts, 1, 1][:3]).year <= 2150


BAD = ["00000000", "00010101", "11111111", "18000101", "19720230", "19721345", "99991231", "19720309999", "-9720309"]


@pytest.mark.parametrize("date", BAD)
def test_one_bad_file_does_not_affect_the_others(date: str, tmp_path: Path) -> None:
    whole = made.image(1, PatientName="Quintero-Bathory^Marisol", PatientBirthDate="19720309")
    (tmp_path / "good.dcm").write_bytes(whole)
    (tmp_path / "bad.dcm").write_bytes(
        whole.replace(b"1.2.9.1.1.1", b"1.2.9.1.1.2").replace(b"19720309", date[:8].encode())
    )
    (tmp_path / "bad.json").write_text(json.dumps({"resourceType": "Patient", "birthDate": date}))
    birth = f'<birthTime value="{date}"/>'
    role = f"<recordTarget><patientRole><patient>{birth}</patient></patientRole></recordTarget>"
    (tmp_path / "bad.xml").write_text(f'<ClinicalDocument xmlns="urn:hl7-org:v3">{role}</ClinicalDocument>')
    found = checking.look(tmp_path, case())
    assert not found.stopped
    assert len(found.files) == 4
    assert ("Marisol Quintero-Bathory", "1972-03-09", "same") in {(p.name, p.birth, p.verdict) for p in found.patients}
    assert "other" not in {p.verdict for p in found.patients}
    assert "born March 9, 1972" in command.text(found, case())


def test_errors_while_reporting_end_in_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Ada Quill")

    def broken(*_args: Any, **_more: Any) -> Any:
        raise ValueError("Ada Quill")

    for place, arguments in (
        ((report, "sections"), []),
        ((json_form, "written"), ["--json", "-"]),
        ((json_form, "_document"), ["--json", str(tmp_path.parent / "found.json")]),
        ((checking, "look"), []),
        ((packet, "make"), ["--packet", str(tmp_path.parent / "p.zip")]),
    ):
        with monkeypatch.context() as here:
            here.setattr(*place, broken)
            assert main(["scan", str(tmp_path), *arguments]) == 1
        said = capsys.readouterr()
        assert "Ada" not in said.out + said.err
        assert "Nothing was changed." in said.err
        assert "Traceback" not in said.err
    assert not list(tmp_path.parent.glob("*.part"))
    assert not (tmp_path.parent / "found.json").exists()


def test_an_unforeseen_failure_of_a_dicomdir_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook.scan.formats.dicom import dicomdir

    made.disc(tmp_path / "disc", 2)

    def broken(_source: object) -> Any:
        raise ValueError("Ada Quill")

    monkeypatch.setattr(dicomdir, "read", broken)
    found = checking.look(tmp_path / "disc")
    assert [f.status for f in found.files if f.kind == "dicomdir"] == ["damaged"]
    assert found.studies[0].images == 2


def test_lone_surrogates_can_be_reported_and_saved(tmp_path: Path) -> None:
    name = {"family": "Quintero-Bathory", "given": ["Marisol\ud800"], "text": "\udfff"}
    allergy = {"resourceType": "AllergyIntolerance", "code": {"text": "Latex\ud83d"}}
    entries = [{"resource": {"resourceType": "Patient", "name": [name]}}, {"resource": allergy}]
    (tmp_path / "a.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(out):
        assert main(["scan", str(tmp_path), "--json", str(tmp_path.parent / "found.json")]) == 0
        assert main(["scan", str(tmp_path), "--json", "-"]) == 0
    assert "Latex" in (tmp_path.parent / "found.json").read_text("utf-8")
    assert checking.look(tmp_path, case()).patients[0].verdict == "cannot tell"
