"""Private and sensitive entries: an alert says that something is open, and repeats nothing that was typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FIRST, alerts, case, status, visit
from workbook.case import Case

SECRET = "Zyxwvut"
HIDDEN: tuple[dict[str, Any], ...] = ({"private": True}, {"sensitive": True})


def open_result(**hidden: bool) -> Case:
    asked = {"said_by": f"Dr. {SECRET}", "on": "2026-11-10"}
    return case(
        records={
            "items": [{"id": "r1", "title": SECRET, "state": "pending_result", "can_change_plan": asked, **hidden}]
        }
    )


@pytest.mark.parametrize("hidden", HIDDEN)
def test_who_spoke_of_a_private_result_is_not_repeated(hidden: dict[str, bool]) -> None:
    (found,) = alerts(open_result(**hidden), "2026-11-20", "A-27")
    assert "A clinician said it could change the plan." in found.text
    assert SECRET not in found.text + found.next
    (shown,) = alerts(open_result(), "2026-11-20", "A-27")
    assert f"Dr. {SECRET} said it could change the plan." in shown.text


@pytest.mark.parametrize("private", [True, False])
def test_whose_private_opinion_it_is_is_not_repeated(private: bool) -> None:
    def words(which: str, **opinion: Any) -> str:
        one = {"id": "o1", "clinician": "c-first", "on": "2026-10-01", "private": private, **opinion}
        (found,) = alerts(case(opinions=[one]), "2026-11-20", which)
        return found.text + found.next

    for told in (words("A-25"), words("A-47", form="written")):
        assert (FIRST["name"] in told) is not private
        assert ("the clinician" in told) is private
    done = {"1-goal": True, "2-clinician": True, "3-insurance": True, "4-records": True, "5-visit": True}
    of = case(steps=done, opinions=[{"id": "o1", "clinician": "c-first", "on": "2026-10-01", "private": private}])
    (step,) = [n for n in status(of, "2026-10-02").next if n.about == "opinions.o1"]
    assert (FIRST["name"] in step.do) is not private


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_a_private_disc_lacks_is_not_repeated(hidden: dict[str, bool]) -> None:
    def of(**more: Any) -> Case:
        medium = {
            "id": "m1",
            "sender": SECRET,
            "result": "missing_study",
            "missing": SECRET,
            "checked_on": "2026-11-07",
        }
        return case(records={"media": [{**medium, **more}]})

    (found,) = alerts(of(**hidden), "2026-11-20", "A-10")
    assert SECRET not in found.text + found.next
    (shown,) = alerts(of(), "2026-11-20", "A-10")
    assert f"Missing: {SECRET}." in shown.text


@pytest.mark.parametrize("hidden", HIDDEN)
def test_the_day_of_a_private_scan_is_not_repeated(hidden: dict[str, bool]) -> None:
    def of(**more: Any) -> Case:
        scan = {"id": "s1", "modality": "CT", "on": "2026-10-23", "holding": "report_only", **more}
        disc = {"id": "m1", "found": "MR 2026-10-01", "result": "ok", "checked_on": "2026-11-07"}
        return case(records={"studies": [scan], "media": [disc]})

    (found,) = alerts(of(**hidden), "2026-11-20", "A-10")
    assert "October 23" not in found.text
    (shown,) = alerts(of(), "2026-11-20", "A-10")
    assert "a scan from Friday, October 23, 2026" in shown.text


@pytest.mark.parametrize("hidden", HIDDEN)
def test_the_office_of_a_private_request_is_not_named(hidden: dict[str, bool]) -> None:
    asked = {"id": "q1", "to": SECRET, "route": "access_self", "received_by_holder_on": "2026-09-01", **hidden}
    found = status(case(records={"requests": [asked]}), "2026-11-20")
    words = [d.text for d in found.deadlines] + [a.text + a.next for a in found.alerts] + [n.do for n in found.next]
    assert SECRET not in " ".join(words)
    assert any("The office" in text or "the office" in text for text in words)


def test_a_private_visit_does_not_name_the_clinician() -> None:
    for private in (True, False):
        of = case(visit=visit("2026-12-01", private=private, report_due="2026-12-10"))
        words = " ".join(d.text for d in status(of, "2026-11-20").deadlines)
        assert ("Quill-Invented" in words) is not private
