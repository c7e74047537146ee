"""What a chosen export would disclose is confirmed item by item (A-34)."""

from __future__ import annotations

import pytest

from tests.rules.asking import case
from workbook.case import Case
from workbook.rules import export_alerts

HELD: Case = case(
    person={"name": "Marisol Fable", "address": "1 Made-Up Lane", "aliases": [{"id": "a1", "name": "Oldname"}]},
    notes=[{"id": "n1", "text": "mine"}, {"id": "n2", "text": "theirs", "visibility": "clinical_packet"}],
    health={"problems": [{"id": "p1", "label": "HIV", "sensitive": True}, {"id": "p2", "label": "Knee pain"}]},
    records={"items": [{"id": "r1", "title": "Letter", "private": True}]},
)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("person.aliases", "earlier names"),
        ("person.aliases.a1.name", "earlier names"),
        ("person.address", "address"),
        ("notes.n1", "private note"),
        ("health.problems.p1", "extra sensitive"),
        ("records.items.r1", "private"),
    ],
)
def test_each_such_path_asks_for_confirmation_without_showing_it(path: str, word: str) -> None:
    (found,) = export_alerts(HELD, [path])
    assert (found.id, found.level, found.about) == ("A-34", "warning", path)
    assert word in found.text
    assert not any(secret in found.text for secret in ("mine", "HIV", "Oldname", "Made-Up", "Letter"))


def test_ordinary_paths_need_no_confirmation() -> None:
    assert export_alerts(HELD, ["person.name", "health.problems.p2", "notes.n2", "goal", "nowhere.at.all"]) == ()
    assert export_alerts(Case(), ["person.aliases", "person.address"]) == ()


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("person", ["person.aliases", "person.address"]),
        ("notes", ["notes.n1"]),
        ("health", ["health.problems.p1"]),
        ("records.items", ["records.items.r1"]),
    ],
)
def test_a_whole_section_is_confirmed_path_by_path(path: str, inside: list[str]) -> None:
    assert sorted(a.about for a in export_alerts(HELD, [path])) == sorted(inside)
    assert len(export_alerts(HELD, [path, *inside])) == len(inside)  # once each
