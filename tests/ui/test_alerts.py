"""Each page shows its alerts: level in words and color, action, and source; never blocking."""

from __future__ import annotations

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.session import Change
from workbook.session.demo import cases
from workbook.store import open_store
from workbook.ui import derived
from workbook.ui.asking.page_index import PageIndex
from workbook.ui.asking.pages import pages
from workbook.ui.handle import OpenCase
from workbook.ui.panels import alerts


def demo(monkeypatch: pytest.MonkeyPatch, key: str = "demo-breast") -> OpenCase:
    for case in cases():
        open_store().create(case)
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", f"case={key}")
    return wb.open_case()


def test_an_alert_shows_level_fact_action_and_source(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page(wb.still_open(demo(monkeypatch), "4-requests")).html
    first = shown.split("</li>")[0]
    assert "Do this first" in first
    assert "The records from Harrow Ridge imaging were due on Sunday, November 29, 2026." in first
    assert '<p class="wb-do" dir="auto">Send Harrow Ridge imaging a follow-up letter today.' in first
    assert '<a href="#letters-ra1">Make the follow-up letter' in first
    assert "<strong>Friday, October 30, 2026</strong><br>The office got the request. The portal." in first
    assert "<strong>Sunday, November 29, 2026</strong><br>30 days later." in shown
    assert 'href="https://www.ecfr.gov' in shown


def test_an_advocate_sees_which_rule_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A patient, or someone who helps one, has no use for the number of a rule."""
    case = demo(monkeypatch, "demo-spine")
    for mode, shows in (("advocate", True), ("self", False), ("caregiver", False)):
        case.session.apply([Change("put", "mode", mode)])
        assert ("Rule A-" in page(wb.still_open(case, "4-requests")).html) is shows


def test_what_the_reader_came_for_is_first(monkeypatch: pytest.MonkeyPatch) -> None:
    case = demo(monkeypatch)
    records = next(p for p in pages() if p.name == "4-requests")
    last = alerts.on_page(case, records)[-1]
    monkeypatch.setenv("QUERY_STRING", f"case=demo-breast&check={last.id}+{last.about}")
    assert alerts.on_page(case, records)[0] == last


def test_what_is_folded_is_counted_as_the_first_page_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page counts what asks for something; what is only good to know has a count of its own."""
    case = demo(monkeypatch, "demo-spine")
    told = alerts.counts(case, pages())
    for one in (p for p in pages() if "missing" in p.verbs):
        found = alerts.on_page(case, one)
        shown = page(wb.still_open(case, one.name)).html
        check = sum(a.level != "info" for a in found[alerts.MOST :])
        assert told[one.name] == sum(a.level != "info" for a in found)
        assert ("more thing" in shown) == bool(check), one.name
        if check > 1:
            assert f"{check} more things to check" in shown


def test_every_alert_is_on_one_page_of_its_step(monkeypatch: pytest.MonkeyPatch) -> None:
    case = demo(monkeypatch)
    book = {p.name: p for p in pages()}
    told = [a for a in derived.derived(case).status.alerts if a.id != "A-01"]
    found = [(a.id, a.about) for p in [*book.values()] if p.name != "index" for a in alerts.on_page(case, p)]
    found += [(a.id, a.about) for a in alerts.on_page(case, None)]
    assert sorted(found) == sorted((a.id, a.about) for a in told)
    assert {a.id for a in alerts.on_page(case, book["3-insurance"])} >= {"A-48"}
    assert not {"A-14", "A-15", "A-20"} & {key for key, _ in found}, "the visits are over"
    assert "A-24" in {a.id for a in alerts.on_page(case, book["6-compare"])}
    assert "A-01" not in str(found), "the foot of each page says it"


def test_an_empty_case_has_no_alarming_alert() -> None:
    from workbook.case import Case

    open_store().create(Case(id="blank"))
    case = OpenCase()
    for name in (p.name for p in pages() if p.step):
        assert "wb-alert" not in page(wb.still_open(case, name)).html, name
    home = page(wb.home(case)).html
    assert "wb-alert" not in home
    assert "<svg" not in home
    assert "Say what the second opinion should do." in home


def test_alerts_follow_the_answers_of_the_page() -> None:
    case = opened(demo_today="2026-11-25")
    panel = page(wb.still_open(case, "4-requests"))
    form = page(wb.form(case, wb.each("records.requests", "to", "route", "sent_on", "received_by_holder_on")))
    assert "wb-alert" not in panel.html
    request = {"id": "req234", "to": "Lakeside", "route": "access_self", "received_by_holder_on": "2026-10-01"}
    form.change({"op": "add", "path": "records.requests", "value": request})
    assert "The records from Lakeside were due on" in panel.html
    form.change({"op": "put", "path": "records.requests.req234.fulfilled_on", "value": "2026-11-24"})
    assert "wb-alert" not in panel.html


def test_patient_text_is_escaped() -> None:
    case = opened(demo_today="2026-11-25")
    request = {"id": "req234", "to": "<b>Lakeside", "route": "access_self", "received_by_holder_on": "2026-10-01"}
    form = page(wb.form(case, wb.each("records.requests", "to")))
    form.change({"op": "add", "path": "records.requests", "value": request})
    shown = page(wb.still_open(case, "4-requests")).html
    assert "&lt;b&gt;Lakeside" in shown
    assert "<b>" not in shown


def test_one_status_serves_all_panels_until_the_case_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook import rules

    worked = []
    real = rules.status_of
    monkeypatch.setattr(rules, "status_of", lambda view: worked.append(1) or real(view))
    case = opened(demo_today="2026-11-25")
    home, form = page(wb.home(case)), page(wb.form(case, "goal.decide_by"))
    page(wb.still_open(case, "4-requests"))
    assert len(worked) == 1
    form.change({"op": "put", "path": "goal.decide_by", "value": "2026-11-30"})
    assert len(worked) == 2
    assert "Next date, in 5 days:" in home.html


@pytest.mark.parametrize(
    ("path", "page_name", "anchor"),
    [
        ("goal.decide_by", "1-goal", "goal.decide_by"),
        ("goal.safe_wait", "1-goal", "goal.safe_wait.until"),
        ("records.items.a9", "4-records", "records.items.a9"),
        ("clinicians.second.license_checked_on", "2-clinician", "clinicians.second"),
        ("authorities", "3-insurance", "authorities"),
        ("viewed", "6-compare", "viewed"),
    ],
)
def test_a_path_leads_to_the_page_that_asks_it(path: str, page_name: str, anchor: str) -> None:
    found = PageIndex(pages()).of(path)
    assert found is not None
    assert (found.page.name, found.anchor) == (page_name, anchor)
    assert PageIndex(pages()).of("M-6-2027") is None


def test_the_words_of_an_alert_are_not_heard_again_with_each_of_its_links() -> None:
    text = "Still open with the plan: pathology in network, cost of slide review, and much more."
    assert alerts._brief(text) == "Still open with the plan: pathology…"
    assert alerts._brief("The copy is late.") == "The copy is late."


def test_an_alert_that_asks_for_a_letter_leads_to_where_it_is_made() -> None:
    from workbook.session.demo import cases
    from workbook.store import open_store
    from workbook.ui.handle import OpenCase

    for demo in cases():
        open_store().create(demo)
        case = OpenCase()
        case.bind(demo.id)
        for alert in derived.derived(case).status.alerts:
            if alert.letter:
                (card,) = alerts.cards(case, [alert], next(p for p in pages() if p.name == "4-requests"))
                place = card["way"]["href"].removeprefix("#")
                assert f'id="{place}" tabindex="-1"' in page(wb.request_clocks(case, alert.letter)).html


def test_what_is_only_good_to_know_waits_behind_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = demo(monkeypatch, "demo-spine")
    shown = page(wb.still_open(handle, "2-clinician")).html
    assert "<summary>1 thing to know</summary>" in shown
    monkeypatch.setenv("QUERY_STRING", "case=demo-spine&check=A-30 clinicians.first")
    assert "1 thing to know" not in page(wb.still_open(handle, "2-clinician")).html, "a link led to it"


def test_the_details_of_an_alert_are_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page(wb.still_open(demo(monkeypatch, "demo-spine"), "6-compare")).html
    lead, _, more = shown.partition("More about this")
    assert "have not seen the same records" in lead
    assert "Not seen by" not in lead
    assert "Not seen by Dr. Amara Silvestri-Okafor, or not known: Lumbar MRI" in more
