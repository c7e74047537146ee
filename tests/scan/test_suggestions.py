"""What files list is suggested item by item, with its source; what the case has, or what has ended, is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.scan.found import MARISOL, MG, case, inventory
from workbook.case import Case
from workbook.scan.match.suggestions import Suggestion, suggestions
from workbook.scan.values import HealthRecord, Listed, Person
from workbook.session import Session
from workbook.store import open_store


def lists(path: str = "ccd.xml", date: str = "2026-11-02", **more: list[Listed]) -> HealthRecord:
    return HealthRecord(path, "ccda", MARISOL, date, **more)


def offered(*documents: HealthRecord, of: Case | None = None) -> list[Suggestion]:
    return list(suggestions(inventory(documents=list(documents)), of or case()))


def test_each_suggestion_has_its_source_and_change() -> None:
    (one,) = offered(lists(medications=[Listed("letrozole 2.5 MG Oral Tablet", "active")]))
    assert one.words == "Listed in this file: ccd.xml, November 2, 2026."
    assert (one.path, one.date, one.name) == ("ccd.xml", "2026-11-02", "letrozole 2.5 MG Oral Tablet")
    assert (one.change.op, one.change.path) == ("add", "health.medications")
    assert one.change.value["name"] == one.name


def test_existing_entries_are_not_suggested() -> None:
    had: dict[str, Any] = {
        "medications": [{"id": "m1", "name": "Levothyroxine", "dose": "75 mcg daily"}],
        "allergies": [{"id": "g1", "to": "penicillin"}],
    }
    found = lists(
        medications=[Listed("Levothyroxine Sodium 0.075 MG Oral Tablet"), Listed("Vitamin D")],
        allergies=[Listed("Penicillin V"), Listed("Latex")],
    )
    assert [s.name for s in offered(found, of=case(health=had))] == ["Vitamin D", "Latex"]


def test_ended_entries_and_no_known_allergies_are_not_suggested() -> None:
    found = lists(
        medications=[Listed("Aspirin", "stopped"), Listed("Tamoxifen", "ended"), Listed("", "active")],
        allergies=[Listed("Latex", "negated"), Listed("No known allergies", "active")],
    )
    assert offered(found) == []


def test_one_of_two_files_is_named_once_by_the_newer() -> None:
    old = lists("old.xml", "2024-01-01", medications=[Listed("Metoprolol")])
    new = lists("new.xml", "2026-01-01", medications=[Listed("metoprolol")])
    assert [s.path for s in offered(old, new)] == ["new.xml"]


def test_a_scan_becomes_a_scan_of_the_workbook_with_its_record() -> None:
    (one,) = suggestions(inventory(MG), case())
    assert one.kind == "scans"
    value = one.change.value
    assert (value["modality"], value["on"], value["images_item"]) == ("MG", "2026-10-14", "a4")
    had = [{"id": "s1", "modality": "Mammogram", "on": "2026-10-14"}]
    assert suggestions(inventory(MG), case(records={"studies": had})) == []
    assert suggestions(inventory(replace(MG, images=0)), case()) == []


def test_nothing_of_another_person_is_suggested() -> None:
    found = inventory(MG, documents=[lists(medications=[Listed("Aspirin")])])
    found.patients.append(Person("Waltrina Okonkwo", verdict="other"))
    assert suggestions(found, case()) == []


def test_accepted_suggestions_are_saved_and_not_repeated(home: Any) -> None:
    store, mine = open_store(), case()
    store.create(mine)
    session = Session(store, mine.id)
    found = inventory(MG, documents=[lists(medications=[Listed("Letrozole"), Listed("Zoledronic acid")])])
    first = suggestions(found, session.case)[0]
    (result,) = session.apply([first.change]).results
    assert result.status == "saved"
    assert [m.name for m in session.case.health.medications.values()] == ["Letrozole"]
    assert next(s.name for s in suggestions(found, session.case)) == "Zoledronic acid"
    scan = suggestions(found, session.case)[-1]
    assert session.apply([scan.change]).results[0].status == "saved"
    assert suggestions(found, session.case)[-1].kind == "medications"
