"""An answer that follows from what is already known is filled in, and stays free to change."""

from __future__ import annotations

from typing import Any

import pytest

import workbook as wb
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.case import get
from workbook.ui.asking.fields import asks, lists
from workbook.ui.asking.pages import pages

LETTER = wb.each("records.requests", "items", "to", "route", "state", "sent_on", "how", "received_by_holder_on")
MRI_FROM = "records.items.r-mri.facility"
NEW = "records.requests.q23456"


def letter(**values: Any) -> Driver:
    form = page(wb.form(opened(**{MRI_FROM: "Lake Imaging"}, **values), LETTER))
    form.change({"op": "add", "path": "records.requests", "value": {"id": "q23456", "mrn": ""}})
    return form


def put(form: Driver, name: str, value: Any) -> dict[str, Any]:
    form.change({"op": "put", "path": f"{NEW}.{name}", "value": value})
    return form.told[-1].get("values") or {}


def test_an_empty_letter_stays_empty_once_everything_was_asked_for() -> None:
    records = {"records.items.r-mri.state": "requested", "records.items.r-report.state": "received"}
    letter_of(opened(**records), "q23456")
    held = get(wb.open_case().case, NEW)
    assert held.route is None
    assert held.state is None


def test_a_new_letter_has_the_missing_records_of_one_office_ticked() -> None:
    told = letter_of(opened(**{MRI_FROM: "Lake Imaging"}), "q23456").told[-1].get("values")
    assert told == {
        f"{NEW}.items": ["r-mri"],
        f"{NEW}.to": "Lake Imaging",
        f"{NEW}.route": "access_self",
        f"{NEW}.state": "draft",
    }
    form = letter_of(wb.open_case(), "q23457")
    held = get(wb.open_case().case, "records.requests.q23457")
    assert held.items == ("r-report",), "what another letter asks for is not asked for twice"
    assert "values" in form.told[-1]


def letter_of(case: Any, key: str) -> Driver:
    form = page(wb.form(case, LETTER))
    form.change({"op": "add", "path": "records.requests", "value": {"id": key}})
    return form


def test_a_record_says_which_office_has_it_and_who_asks() -> None:
    told = put(letter(), "items", ["r-mri"])
    assert told == {f"{NEW}.to": "Lake Imaging", f"{NEW}.route": "access_self", f"{NEW}.state": "draft"}


def test_records_of_two_offices_say_nothing() -> None:
    told = put(letter(**{"records.items.r-report.facility": "North Fable Hospital"}), "items", ["r-mri", "r-report"])
    assert f"{NEW}.to" not in told


@pytest.mark.parametrize("mode", ["caregiver", "advocate"])
def test_a_helper_is_asked_who_asks(mode: str) -> None:
    told = put(letter(mode=mode), "items", ["r-mri"])
    assert f"{NEW}.route" not in told
    assert told[f"{NEW}.state"] == "draft"


def test_what_was_typed_is_never_replaced() -> None:
    form = letter()
    put(form, "to", "My own hospital")
    put(form, "route", "provider_to_provider")
    put(form, "items", ["r-mri"])
    held = get(wb.open_case().case, NEW)
    assert (held.to, held.route) == ("My own hospital", "provider_to_provider")


def test_slides_go_from_lab_to_lab_so_nobody_assumes_a_copy() -> None:
    told = put(letter(**{"records.items.r-mri.kind": "slides"}), "items", ["r-mri"])
    assert f"{NEW}.route" not in told


def test_a_letter_handed_over_arrived_that_day() -> None:
    form = letter()
    put(form, "sent_on", "2026-11-20")
    assert put(form, "how", "in_person") == {f"{NEW}.received_by_holder_on": "2026-11-20"}


def test_a_fax_may_arrive_on_another_day() -> None:
    form = letter()
    put(form, "sent_on", "2026-11-20")
    assert not put(form, "how", "fax")


def test_a_visit_is_with_the_only_second_clinician() -> None:
    form = page(wb.form(opened(), wb.each("visit.appointments", "clinician", "start")))
    form.change({"op": "add", "path": "visit.appointments", "value": {"id": "v23456"}})
    form.change({"op": "put", "path": "visit.appointments.v23456.start", "value": "2026-12-03"})
    assert form.told[-1]["values"] == {"visit.appointments.v23456.clinician": "c-second"}


@pytest.mark.parametrize(("mode", "words"), [("self", "You ask for a copy"), ("caregiver", "Walter asks for a copy")])
def test_who_asks_is_said_to_the_reader(mode: str, words: str) -> None:
    """In the second person to a patient, by name to others, and without the words of an office."""
    _, spec = next(iter(page(wb.form(opened(mode=mode), LETTER)).questions()))
    route = next(one for one in spec["fields"] if one.get("path") == "route")
    told = [text for _, text in route["options"]]
    assert words in told
    assert not any(jargon in " ".join(told) for jargon in ("EHI", "lab to lab", "The patient", "{"))


def test_a_sum_that_was_written_down_is_an_answer() -> None:
    form = page(wb.form(opened(), wb.each("insurance.calls", "answers.deductible", "answers.referral")))
    at = "insurance.calls.call1.answers"
    form.change({"op": "put", "path": f"{at}.deductible.detail", "value": "$240 is left"})
    assert form.told[-1]["values"] == {f"{at}.deductible.answer": "yes"}
    form.change({"op": "put", "path": f"{at}.referral.detail", "value": "Ask your doctor"})
    assert "values" not in form.told[-1], "it may be a yes or a no"


def test_nobody_is_offered_yes_or_no_for_a_sum() -> None:
    form = page(wb.form(opened(), wb.each("insurance.calls", "answers.deductible", "answers.referral")))
    sums, other = ([text for _, text in form.find(words)[1]["options"]] for words in ("deductible", "referral"))
    assert (sums[0], "No" in sums) == ("They said how much", False)
    assert other[:2] == ["Yes", "No"]


def test_an_answer_at_the_only_visit_is_from_its_clinician() -> None:
    visit = {"op": "add", "path": "visit.appointments", "value": {"id": "v23456", "clinician": "c-second"}}
    case = opened()
    page(wb.form(case, wb.each("visit.appointments", "clinician"))).change(visit)
    form = page(wb.form(case, wb.each("visit.questions", "text", "answer", "answered_by")))
    form.change({"op": "add", "path": "visit.questions", "value": {"id": "q23456", "text": "Can it wait?"}})
    form.change({"op": "put", "path": "visit.questions.q23456.answer", "value": "Yes, a month."})
    assert form.told[-1]["values"] == {"visit.questions.q23456.answered_by": "c-second"}


def test_what_follows_is_asked_after_what_it_follows_from() -> None:
    """In the notebooks, so that nobody is asked first what the next answer says."""
    order = {
        "records.requests": ("items", "to", "route", "state"),
        "visit.appointments": ("start", "clinician"),
        "visit.questions": ("answer", "answered_by"),
        "authorities": ("kind", "party"),
    }
    found = [(one.path, [a.path for a in asks(one.fields)]) for p in pages() for form in p.forms for one in lists(form)]
    for path, names in found:
        wanted = [name for name in order.get(path, ()) if name in names]
        assert sorted(wanted, key=names.index) == wanted, path
    assert {path for path, _ in found} >= set(order)


@pytest.mark.parametrize(("state", "follows"), [("booked", "booked"), ("considering", None)])
def test_a_visit_called_booked_on_the_list_of_clinicians_is_booked(state: str, follows: str | None) -> None:
    case = opened(**{"clinicians.c-second.state": state})
    form = page(wb.form(case, wb.each("visit.appointments", "start", "clinician", "state")))
    form.change({"op": "add", "path": "visit.appointments", "value": {"id": "v23456"}})
    form.change({"op": "put", "path": "visit.appointments.v23456.start", "value": "2027-01-15"})
    held = get(case.case, "visit.appointments.v23456")
    assert held.clinician == "c-second"
    assert held.state == follows


def test_a_record_to_choose_says_if_it_is_already_here() -> None:
    case = opened(**{"records.items.r-report.state": "received"})
    form = page(wb.form(case, LETTER))
    names = dict(form.told[-1]["options"]["records.items"])
    assert names["r-report"].endswith(", already here")
    assert "already here" not in names["r-mri"]
