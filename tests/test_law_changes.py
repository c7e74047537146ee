"""Dated law end to end: a practice pack shortens the time for records, and every place that prints it follows the day.

Requests received before July 1, 2027 have 30 days, and those received from then on 15: as deadline, alert, letter,
calendar, critical path, statement, panel, page and command.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

import workbook as wb
from tests.documents import calendars, paper
from tests.documents.lettered import case as lettered
from tests.ui.pagekit import page
from workbook import law, rules
from workbook.case import Case, put
from workbook.case.records import Route
from workbook.cli import main
from workbook.documents import catalog, export
from workbook.errors import CannotExport
from workbook.page.prose import prose, with_figures
from workbook.store import open_store
from workbook.ui.handle import OpenCase

PACK = """
[[entry]]
id = "H-3-2027"
version_of = "H-3"
value = 15
valid_from = 2027-07-01
source_title = "Made up for a test"
source_url = "https://www.ecfr.gov"
quote = "a rule made up for a test"
retrieved_on = 2026-11-22
review_by = 2029-01-01
grade = "O"

[[entry]]
id = "H-3-extension-2027"
version_of = "H-3-extension"
value = 15
valid_from = 2027-07-01
source_title = "Made up for a test"
source_url = "https://www.ecfr.gov"
quote = "a rule made up for a test"
retrieved_on = 2026-11-22
review_by = 2029-01-01
grade = "O"

[[entry]]
id = "H-4"
valid_to = 2027-06-30
"""
OLD, NEW = dt.date(2027, 6, 28), dt.date(2027, 7, 1)
DUE = {OLD: dt.date(2027, 7, 28), NEW: dt.date(2027, 7, 16)}
OUTER = {OLD: dt.date(2027, 8, 27), NEW: dt.date(2027, 7, 31)}
SAYS, WRONG = {OLD: "30", NEW: "15"}, {OLD: "15", NEW: "30"}
WAITING, LATE = dt.date(2027, 7, 19), dt.date(2027, 9, 2)
LETTERS = ("records-request", "follow-up", "extension-reply", "privacy-officer", "complaint-draft")
NOT_HERE = (*LETTERS, "appeal-packet")  # letters have a separate test; an appeal has another clock, of 30 days
EXTENSIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "by phone": {"announced_by": "phone"},
    "counts": {"announced_by": "letter", "letter_on": "2027-07-09", "reason": "moving", "new_date": "2027-12-20"},
    "too late": {"announced_by": "letter", "letter_on": "2027-08-04", "reason": "moving", "new_date": "2027-12-20"},
}


@pytest.fixture(autouse=True)
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "ours.toml").write_text(PACK.partition('[[entry]]\nid = "H-4"')[0], "utf-8")
    (tmp_path / "facts" / "records.toml").write_text(PACK[PACK.index('[[entry]]\nid = "H-4"') :], "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))


def asked(came: dt.date, extension: str = "none", **more: Any) -> Case:
    """A request for an own copy received on the day, as proven by a letter."""
    day = came.isoformat()
    known = {"sent_on": day, "received_by_holder_on": day, "evidence": "letter", "state": "sent"}
    return lettered(**{**known, "extension": EXTENSIONS[extension], **more})


def seen(markup: str) -> str:
    """The text of a page or a panel, without markup."""
    bare = re.sub(r"(?s)<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", markup)
    return " ".join(html.unescape(bare).split())


def wrong(text: str, came: dt.date) -> list[str]:
    """The other number in a text, except as a day of the month, with some context."""
    bare = re.sub(r"\b[A-Z][a-z]+ \d+, \d{4}|\d{4}-\d\d-\d\d", "", text)
    return re.findall(rf".{{0,50}}\b{WRONG[came]}\b.{{0,30}}", bare)


@pytest.fixture(params=[OLD, NEW], ids=["before", "after"])
def came(request: pytest.FixtureRequest) -> dt.date:
    day: dt.date = request.param
    return day


def status(came: dt.date, today: dt.date, extension: str = "none") -> tuple[rules.View, rules.Status]:
    view = rules.View(asked(came, extension), law.load(), today)
    return view, rules.status_of(view)


@pytest.mark.parametrize("today", [NEW, WAITING, LATE])
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_deadlines_alerts_and_next_steps(came: dt.date, extension: str, today: dt.date) -> None:
    view, found = status(came, today, extension)
    texts = [d.text for d in found.deadlines] + [f"{a.text} {a.next}" for a in found.alerts]
    texts += [f"{n.do} {n.why}" for n in found.next] + [e.why for e in found.ended]
    cited = {key for a in found.alerts for key in a.rule.split(", ")} | {d.fact for d in found.deadlines if d.fact}
    assert cited & {"H-3", "H-3-2027"} <= {"H-3" if came == OLD else "H-3-2027"}
    texts += [view.facts[key].words for key in cited if key in view.facts]
    assert [w for t in texts for w in wrong(t, came)] == []
    dates = {d.rule: d.due for d in (*found.deadlines, *found.ended)}
    assert dates["records-access"] == DUE[came]
    if extension == "counts" and today > NEW:
        assert dates["records-outer-limit"] == OUTER[came]


def test_a_late_claim_names_the_time_limit(came: dt.date) -> None:
    _, found = status(came, LATE, "too late")
    (claim,) = [a for a in found.alerts if a.id == "A-06"]
    assert f"after the first {SAYS[came]} days" in claim.text


def test_the_critical_path_and_the_calendar(came: dt.date) -> None:
    _, found = status(came, NEW)
    assert found.critical_path.item
    items = {"items": ["r1"]}
    one = put(asked(came, **items), "records.items", [{"id": "r1", "kind": "visit_note", "title": "Note"}])
    assert rules.status(one, law.load(), NEW).critical_path.ready_on == DUE[came]
    assert str(DUE[came]).replace("-", "") in calendars.made(asked(came), NEW).decode()
    assert str(DUE[OLD if came == NEW else NEW]).replace("-", "") not in calendars.made(asked(came), NEW).decode()


@pytest.mark.parametrize("today", [NEW, WAITING, LATE])
@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("letter", LETTERS)
def test_letters_and_their_notes_to_the_writer(came: dt.date, letter: str, extension: str, today: dt.date) -> None:
    made = asked(came, extension)
    words = seen(export.make(made, letter, "html", today, about="q").decode())
    notes = paper.notes(made, letter, today, about="q")
    assert wrong(f"{words} {notes}", came) == []
    if letter in ("records-request", "follow-up", "privacy-officer") and extension == "none":
        assert f"{SAYS[came]} days" in words


@pytest.mark.parametrize("today", [NEW, LATE])
def test_every_other_document(came: dt.date, today: dt.date) -> None:
    made = asked(came, "too late")
    for document in catalog.DOCUMENTS.values():
        if "html" not in document.formats or document.name in (
            *LETTERS,
            "appeal-packet",
        ):  # it has a separate clock
            continue
        for about, _ in catalog.subjects(document, made, today) or [("", "")]:
            try:
                words = seen(export.make(made, document.name, "html", today, about=about).decode())
            except CannotExport:
                continue
            assert [w for w in wrong(words, came) if "days" in w] == [], document.name


@pytest.mark.parametrize("today", [WAITING, LATE])
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_panels_of_a_page(came: dt.date, extension: str, today: dt.date) -> None:
    open_store().create(put(asked(came, extension), "demo_today", today.isoformat()))
    handle = OpenCase()
    clocks = seen(page(wb.request_clocks(handle)).html)
    assert f"The office has {SAYS[came]} days after it gets the request." in clocks
    assert f"The office must act within {SAYS[came]} days" in clocks
    assert f"up to {SAYS[came]} more days" in clocks
    panels = (wb.still_open(handle, "4-requests"), wb.home(handle))
    shown = " ".join(seen(page(panel).html) for panel in panels)
    assert wrong(f"{clocks} {shown}", came) == []


def test_what_a_command_prints(came: dt.date, capsys: pytest.CaptureFixture[str]) -> None:
    open_store().create(asked(came, "too late"))
    assert main(["status", "letter", "--today", LATE.isoformat()]) == 0
    out = capsys.readouterr().out
    assert f"the first {SAYS[came]} days" in out
    assert wrong(out, came) == []


@pytest.mark.parametrize("name", ["4-requests", "help"])
def test_pages_without_a_case_show_the_law_of_today(came: dt.date, name: str) -> None:
    cells = nbformat.read(Path(__file__).parents[1] / "notebooks" / f"{name}.ipynb", 4).cells
    source = "\n\n".join(c.source for c in cells if c.cell_type == "markdown")
    words = seen(prose(with_figures(source, came)))
    assert f"Usually {SAYS[came]} days" in words or f"usually within {SAYS[came]} days" in words
    assert wrong(words, came) == []


def test_routes_and_statements(came: dt.date) -> None:
    facts = law.load()
    said = [rule.words(facts, came) for route, rule in rules.ROUTES.items() if route is not Route.MAMMOGRAM]
    held = {key: fact for key in facts if (fact := facts.in_force(key, came)) and key.startswith("H-")}
    other = ("H-4", "H-18-days")  # the proposal is about the other number; mammograms have a rule of their own
    said += [fact.words for key, fact in held.items() if key not in other and not fact.applies_to]
    assert [w for t in said for w in wrong(t, came)] == []
    assert ("H-4" in held) is (came == OLD)


@pytest.mark.parametrize(("since", "says"), [("2027-07-17", "180 days"), ("2027-07-16", "60 days")])
def test_a_letter_names_the_window_for_a_complaint_of_the_due_date(tmp_path: Path, since: str, says: str) -> None:
    entry = PACK.split("\n\n")[0].replace("H-3", "H-10").replace("value = 15", "value = 60")
    (tmp_path / "facts" / "ours.toml").write_text(
        PACK.partition('[[entry]]\nid = "H-4"')[0] + entry.replace("2027-07-01", since), "utf-8"
    )
    notes = paper.notes(asked(NEW), "complaint-draft", LATE, about="q")
    assert f"You have {says} to complain" in notes or f"The {says} for a complaint" in notes


def test_two_requests_on_either_side_of_the_day() -> None:
    one = asked(OLD)
    more = one.records.requests["q"].model_copy(update={"id": "q2", "received_by_holder_on": NEW.isoformat()})
    both = put(one, "records.requests", [one.records.requests["q"].model_dump(), more.model_dump()])
    found = rules.status(both, law.load(), WAITING)
    due = {d.about: (d.due, d.fact) for d in found.deadlines if d.rule == "records-access"}
    assert due == {
        "records.requests.q": (DUE[OLD], "H-3"),
        "records.requests.q2": (DUE[NEW], "H-3-2027"),
    }


def test_an_unsent_request_follows_the_law_of_its_earliest_receipt(came: dt.date) -> None:
    words = seen(export.make(lettered(), "records-request", "html", came, about="q").decode())
    assert f"no later than {SAYS[came]} days after you receive this letter" in words
