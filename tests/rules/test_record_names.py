"""Names of records in sentences and documents: a ready-made line is a kind of record, never the name of one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import paper
from tests.rules.asking import alerts, case, day, visit
from workbook.case import Case
from workbook.content import called, conditions, entries
from workbook.rules.record_names import own_name, ready_name

EVERY = tuple(entries(Case.model_validate({"goal": {"conditions": tuple(conditions())}}), "records.items").values())
IMAGES = next(item for item in EVERY if item.id == "rec-images")
REPORTS = next(item for item in EVERY if item.id == "rec-imaging-report")


def held(item: Any, **more: Any) -> Case:
    return case(records={"items": [{**item.model_dump(), "state": "received", **more}]})


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)
def test_each_ready_made_record_has_a_few_words_for_a_sentence(item: Any) -> None:
    short = called("records.items", item)
    assert short
    assert len(short) <= 40
    assert not any(mark in short for mark in (":", ",", ";", ".")), short
    assert own_name(item) == ""


@pytest.mark.parametrize("item", [IMAGES, REPORTS], ids=["images", "report"])
def test_without_a_scan_no_sentence_takes_the_line_for_its_name(item: Any) -> None:
    (told,) = alerts(held(item), "2026-11-20", "A-09")
    assert item.title not in f"{told.text} {told.next}"
    assert "of a scan" in told.text
    assert told.next.endswith("Write down which scan it is.")


@pytest.mark.parametrize("item", [IMAGES, REPORTS], ids=["images", "report"])
def test_the_scan_that_was_noted_names_it(item: Any) -> None:
    (told,) = alerts(held(item, modality="MRI", body_part="lower back"), "2026-11-20", "A-09")
    assert ": MRI, lower back." in told.text
    assert told.next.endswith(": MRI, lower back.")


def test_the_other_record_of_the_scan_names_it_too() -> None:
    items = [{**IMAGES.model_dump(), "state": "received", "modality": "MRI"}, {**REPORTS.model_dump()}]
    (told,) = alerts(case(records={"items": items}), "2026-11-20", "A-09")
    assert told.about == "records.items.rec-imaging-report"
    assert ": MRI." in told.text


def test_a_list_of_what_is_missing_says_it_in_few_words() -> None:
    items = [{**item.model_dump(), "state": "requested"} for item in EVERY]
    (told,) = alerts(case(records={"items": items}, visit=visit(cut_off="2026-11-23")), "2026-11-20", "A-04")
    for item in EVERY:
        assert ready_name(item).casefold() in told.text.casefold()
        if item.title != ready_name(item):
            assert item.title not in told.text


@pytest.mark.parametrize(
    ("more", "name"),
    [({}, "Scan, not named yet"), ({"modality": "MRI", "body_part": "lower back"}, "MRI, lower back")],
)
def test_the_summary_names_the_scan_or_says_that_it_has_no_name(more: dict[str, Any], name: str) -> None:
    told = paper.text(held(IMAGES, **more), "summary", day("2026-11-20"))
    assert IMAGES.title not in told
    assert name in told


def test_a_title_of_ones_own_stays() -> None:
    mine = IMAGES.model_copy(update={"title": "MRI of the left knee"})
    (told,) = alerts(held(mine), "2026-11-20", "A-09")
    assert "not the report: MRI of the left knee." in told.text
    assert ready_name(mine) == ""
