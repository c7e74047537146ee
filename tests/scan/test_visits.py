"""What is on it is told by day: report, images, results and notes of one visit together, newest first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scan.found import MARISOL, MG, inventory, told
from workbook.scan.show import report, visits
from workbook.scan.values import HealthRecord, Inventory, Named, Patient, Person, Result, Study

ADA = Patient("Ada Quill", "1970-01-02")
SIGNED = HealthRecord("r/report.pdf", "pdf", MARISOL, date="2026-10-16", studies=[Named("MG", "BREAST", "2026-10-14")])


def test_what_belongs_to_one_day_is_together_and_the_newest_day_is_first() -> None:
    labs = HealthRecord("labs.json", "fhir", MARISOL, labs=1, results=[Result("WBC", "6.2", "K", date="2026-10-14")])
    note = HealthRecord("ccd.xml", "ccda", MARISOL, date="2026-11-02", title="Visit note")
    old = replace(MG, study_uid="2", date="2024-03-01")
    found = inventory(old, MG, documents=[labs, note, SIGNED])
    days = visits.visits(found)
    assert [one.day for one in days] == ["2026-11-02", "2026-10-14", "2024-03-01"]
    assert [one.line for one in days[1].entries] == [
        "Mammogram, breast: 8 images (Diagnostic)",
        "labs.json: 1 lab result",
        "report.pdf: October 16, 2026",
        "Test results: WBC 6.2 K",
    ]
    assert [one.study for one in days[1].entries] == [1, -1, -1, -1]
    assert days[0].entries[0].line == "Visit note (ccd.xml)"


@pytest.mark.parametrize(
    ("document", "day"),
    [
        (SIGNED, "2026-10-14"),
        (replace(SIGNED, date="2026-10-20"), "2026-10-20"),  # a visit long after the scan
        (replace(SIGNED, date="2026-10-13"), "2026-10-13"),  # before it
        (replace(SIGNED, date="2026-10"), "2026-10"),
        (replace(SIGNED, date=""), "2026-10-14"),
        (replace(SIGNED, date="", studies=[*SIGNED.studies, Named("MG", "", "2024-01-02")]), "2026-10-14"),
        (replace(SIGNED, date="", kind="fhir", studies=[*SIGNED.studies, Named("MG", "", "2024-01-02")]), ""),
        (HealthRecord("a", "table", results=[Result("x", "1", date="2025-01-02"), Result("x", "2")]), "2025-01-02"),
        (HealthRecord("a", "text"), ""),
    ],
)
def test_a_report_belongs_to_its_scan(document: HealthRecord, day: str) -> None:
    assert visits.day_of(document) == day


def test_no_line_is_called_by_a_path_unless_two_files_have_one_name() -> None:
    paths = ("all.zip!/DOCS/labs.csv", "a/note.txt", "b/note.txt")
    lines = told(inventory(documents=[HealthRecord(path, "text") for path in paths]))
    assert [line.partition(":")[0] for line in lines] == ["labs.csv", "a/note.txt", "b/note.txt"]


def test_many_days_and_many_lines_of_a_day_are_folded_and_counted() -> None:
    days = [f"20{year:02d}-01-0{day}" for year in range(1, 9) for day in range(1, 5)]
    studies = [Study(day, MARISOL, day, "CT", images=1) for day in days]
    busy = [HealthRecord(f"{n}.txt", "text", date="2026-01-01") for n in range(25)]
    rows = report.sections(inventory(*studies, documents=busy))
    titles = [title for title, _ in rows]
    assert len(rows) < 20
    assert dict(rows)["January 1, 2026"][-1] == "15 more."
    assert len(dict(rows)["January 1, 2026"]) == report.MOST_OF_DAY + 1
    assert titles[-1] == "21 more days"
    assert rows[-1][1] == ["From January 1, 2001 to January 1, 2006. 21 more entries."]


def test_with_several_people_each_line_says_whose_it_is() -> None:
    found = Inventory(
        studies=[MG, replace(MG, study_uid="2", patient=ADA)],
        documents=[HealthRecord("a.txt", "text", ADA, date="2026-10-14")],
        patients=[Person(MARISOL.name, MARISOL.birth), Person(ADA.name, ADA.birth)],
    )
    assert [line.partition(":")[0] for line in told(found)] == [MARISOL.name, ADA.name, ADA.name]
