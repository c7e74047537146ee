"""A document reflects its date: valid authorizations, and current diagnoses."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests import builders
from tests.documents import everything
from workbook.case import Case, add
from workbook.documents import catalog, export
from workbook.session import demo

DAY = dt.date(2026, 12, 3)
BREAST, SPINE = demo.cases()
RULED_OUT = {"id": "af", "label": "Atrial fibrillation", "certainty": "ruled_out", "given_by": "Dr. Rowan"}


def with_paper(**more: Any) -> Case:
    case = add(builders.case(), "parties", {"id": "n", "name": "Ngozi Fable", "role": "caregiver"})
    return add(case, "authorities", {"id": "p", "party": "n", "kind": "cms_10106", **more})


def facts(case: Case, reader: str, day: dt.date = DAY) -> list[tuple[str, str]]:
    """Label and text of each fact of a summary."""
    blocks = export.tree(case, "summary", day, reader=reader)["blocks"]
    items = [item for block in blocks if block["k"] == "details" for item in block["items"]]
    return [(item["label"], "".join(run["t"] for run in item["c"])) for item in items]


def under(case: Case, heading: str, day: dt.date = DAY) -> str:
    """What the whole summary prints under a heading."""
    blocks = export.tree(case, "summary", day, reader="full")["blocks"]
    titles = ["".join(run["t"] for run in b["c"]) if b["k"] == "heading" else "" for b in blocks]
    return json.dumps(blocks[titles.index(heading) + 1]) if heading in titles else ""


@pytest.mark.parametrize(
    ("paper", "holds"),
    [
        ({"state": "signed", "signed_on": "2026-11-01"}, True),
        ({"state": "sent", "signed_on": "2026-11-01", "expires_on": "2026-12-03"}, True),
        ({"state": "accepted"}, True),
        ({"state": "drafted"}, False),
        ({"state": "none"}, False),
        ({}, False),
        ({"state": "signed", "signed_on": "2026-12-20"}, False),
        ({"state": "signed", "signed_on": "2026-11-01", "expires_on": "2026-12-02"}, False),
        ({"state": "signed", "signed_on": "2026-11-01", "revoked_on": "2026-12-01"}, False),
        ({"state": "rejected", "signed_on": "2026-11-01"}, False),
    ],
)
def test_only_a_signed_paper_in_force_lets_someone_speak(paper: dict[str, str], holds: bool) -> None:
    case = with_paper(**paper)
    told = [words for label, words in facts(case, "insurer") if label == "May speak for the patient"]
    assert bool(told) is holds
    assert ("Ngozi Fable" in under(case, "Forms that let others act")) is holds
    assert ("Ngozi Fable" in under(case, "Forms that are not valid today")) is not holds


@pytest.mark.parametrize("reader", catalog.READERS)
def test_a_ruled_out_illness_is_not_a_diagnosis(reader: str) -> None:
    case = add(builders.case(), "health.problems", {"id": "dcis", "label": "Torn meniscus", "certainty": "suspected"})
    case = add(case, "health.problems", RULED_OUT)
    for label, words in facts(case, reader):
        assert "Atrial" not in words or label == "Ruled out"
    assert "Atrial" not in under(case, "Diagnosis given")
    if reader == "clinician":
        assert ("Ruled out", "Atrial fibrillation (Dr. Rowan)") in facts(case, reader)
        assert ("Diagnosis (suspected)", "Torn meniscus") in facts(case, reader)
    if reader == "full":
        assert "Atrial fibrillation" in under(case, "Ruled out")
        assert "Torn meniscus" in under(case, "Diagnosis given")
    if reader == "insurer":
        assert "Atrial" not in json.dumps(export.tree(case, "summary", DAY, reader=reader))


def test_no_other_document_names_it_at_all() -> None:
    for case in (add(BREAST, "health.problems", RULED_OUT), add(SPINE, "health.problems", RULED_OUT)):
        for made, tree in everything.trees(case, DAY):
            if made.document != "summary":
                assert "Atrial" not in json.dumps(tree), made
        assert b"Atrial" not in export.make(case, "calendar", "ics", DAY)
