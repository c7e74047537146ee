"""A scan of a disc becomes a case entry with the answer that triggers its alerts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.scan.found import MARISOL, MG, case, inventory
from workbook import law, rules
from workbook.case import Case, add
from workbook.case.materials import FoundScan
from workbook.rules.imaging.found import line
from workbook.scan.match import checking, to_case
from workbook.scan.match.coverage import coverage
from workbook.scan.values import File, HealthRecord, Inventory, Named, Person

TODAY = dt.date(2026, 11, 7)


def value(found: Inventory, of: Case | None = None, **said: str) -> dict[str, Any]:
    of = of or case()
    for one in found.patients:
        one.verdict = checking.judgement(one, of).verdict
    found.coverage = coverage(found, of)
    made: dict[str, Any] = to_case.change(found, of, TODAY, **said).value
    return made


def words(scans: list[dict[str, Any]]) -> list[str]:
    return [line(FoundScan(**scan)) for scan in scans]


def test_found_and_missing_scans() -> None:
    made = value(inventory(MG), kind="disc", sender="Harrow Ridge")
    assert (made["result"], made["kind"], made["checked_on"]) == ("missing_study", "disc", "2026-11-07")
    (scan,) = made["scans"]
    assert (scan["modality"], scan["on"], scan["body_part"], scan["images"]) == ("MG", "2026-10-14", "BREAST", 8)
    assert (scan["study_uid"], scan["accession"]) == (MG.study_uid, MG.accession)
    assert words(made["scans"]) == ["Mammogram (MG), breast, October 14, 2026: 8 images"]
    assert words(made["scans_missing"]) == ["Ultrasound (US), October 14, 2026"]


def test_a_disc_of_several_people_stores_nothing_that_points_to_one() -> None:
    study = replace(MG, description="HIV STAGING BREAST", accession="A-77")
    found = Inventory(studies=[study], patients=[Person("Ann Lee"), Person("Bo Cruz")])
    made = value(found, Case())
    assert made["result"] == "several_patients"
    stored = [*made["scans"], *made["scans_missing"]]
    assert stored
    assert all(scan[name] == "" for scan in stored for name in ("description", "accession", "study_uid"))


def test_what_a_report_names_is_missing_once() -> None:
    named = [Named("US", "BREAST", "2026-10-14"), Named("MR", "BREAST", "2026-10-23")]
    report = HealthRecord("us.pdf", "pdf", MARISOL, studies=named)
    missing = value(inventory(MG, documents=[report]))["scans_missing"]
    assert words(missing) == ["Ultrasound (US), breast, October 14, 2026", "MRI (MR), breast, October 23, 2026"]


def test_a_record_of_another_office_is_not_expected_on_it() -> None:
    of = case()
    items = [{**i.model_dump(), "facility": "Saltmarsh Imaging"} for i in of.records.items.values() if i.id == "a5"]
    of = case(records={"items": items})
    assert value(inventory(MG), of, sender="Harrow Ridge")["result"] == "ok"
    assert value(inventory(MG), of, sender="Saltmarsh")["result"] == "missing_study"


def test_an_office_spelled_differently_is_still_the_same() -> None:
    items = [{**i.model_dump(), "facility": "Harrow Ridge Radiology"} for i in case().records.items.values()]
    assert value(inventory(MG), case(records={"items": items}), sender="Harrow Ridge imaging")["result"] == (
        "missing_study"
    )


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Lumbar spine", "Lumbar spine"),
        ("MRI of the lower back", "MRI of the lower back"),
        ("Mammogram and ultrasound", "Ultrasound (US)"),
    ],
)
def test_an_expected_scan_without_a_day_or_of_two_kinds_is_missed(title: str, line: str) -> None:
    of = case(records={"items": [{"id": "a9", "kind": "imaging_study", "title": title}]})
    made = value(inventory(MG), of)
    assert (made["result"], words(made["scans_missing"])) == ("missing_study", [line])


def test_complete_only_if_nothing_is_missing() -> None:
    of = case(records={"items": [i.model_dump() for i in case().records.items.values() if i.id == "a4"]})
    made = value(inventory(MG), of)
    assert (made["result"], made["scans_missing"]) == ("ok", [])


def test_a_scan_with_gaps_is_not_complete() -> None:
    made = value(inventory(replace(MG, missing="2 images are cut short.")), case(records={"items": []}))
    assert made["result"] == "missing_study"
    assert words(made["scans_missing"])[0].endswith(": 8 images. 2 images are cut short.")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([Person("Waltrina Okonkwo", "1951-06-21")], "other_patient"),
        ([Person(MARISOL.name, "1980-01-01")], "name_or_dob_differs"),
        ([Person(MARISOL.name, MARISOL.birth), Person("Waltrina Okonkwo")], "several_patients"),
    ],
)
def test_the_patient_on_the_disc(people: list[Person], expected: str) -> None:
    made = value(Inventory(studies=[MG], patients=people))
    assert made["result"] == expected
    assert (made["scans"], made["scans_missing"]) == ([], []), "nothing of another person's records is kept"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Inventory(files=[File("a", "dicom", "damaged", "cut")]), "unreadable"),
        (Inventory(files=[File("v.exe", "program", "skipped")]), "viewer_only"),
        (Inventory(files=[File("r.pdf", "pdf")]), "no_dicom"),
        (Inventory(files=[File("c.xml", "ccda")], documents=[HealthRecord("c.xml", "ccda")]), "no_dicom"),
    ],
)
def test_a_disc_without_images(found: Inventory, expected: str) -> None:
    assert value(found)["result"] == expected


@pytest.mark.parametrize(
    ("found", "alert"),
    [
        (inventory(MG), "A-10"),
        (Inventory(studies=[MG], patients=[Person("Waltrina Okonkwo", "1951-06-21")]), "A-11"),
    ],
)
def test_the_alerts_follow(found: Inventory, alert: str) -> None:
    kept = add(case(), "records.media", value(found))
    assert alert in {a.id for a in rules.status(kept, law.load(), TODAY).alerts}
