"""The page of all workbooks: rows with links, days to press, search by form, closing a case, and files."""

from __future__ import annotations

import datetime as dt
import html
import re
import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbook as wb
from tests.days import today
from tests.rules.anycase import TODAY as RULES_DAY
from tests.rules.anycase import cases
from tests.ui.driver import Driver
from tests.ui.pagekit import page
from workbook import law
from workbook.case import Case
from workbook.cli import main
from workbook.locale.dates import show_day
from workbook.practice import board, clients
from workbook.practice.board_row import line_of
from workbook.practice.plot import coming
from workbook.session import demo
from workbook.store import open_store
from workbook.ui import links
from workbook.ui.asking import pages
from workbook.ui.handle import OpenCase


def day(days: int) -> str:
    return (today() + dt.timedelta(days=days)).isoformat()


def stored(key: str, **sections: Any) -> None:
    open_store().create(Case.model_validate({"id": key, "nickname": key.title()} | sections))


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/board.ipynb")
    monkeypatch.setenv("QUERY_STRING", "")


@pytest.fixture
def practice(home: Any) -> None:
    stored("anna", mode="advocate", person={"name": "Anna <Invented>"}, goal={"decide_by": day(2)})
    stored("bob", goal={"decide_by": day(-3)})
    stored("cy", tasks=[{"id": "t1", "what": "Call <b>back</b>", "due": day(1)}], goal={"decide_by": day(30)})
    stored("gone", status="closed", goal={"decide_by": day(1)})


def shown() -> Driver:
    return page(wb.clients(OpenCase()))


def names(driver: Driver) -> list[str]:
    """The names in the rows, in order."""
    return re.findall(r'<th role="rowheader"[^>]*><a [^>]*>([^<]*)</a>', driver.html)


def look(driver: Driver, **values: str) -> None:
    driver.ask(
        {"do": "press", "name": "look", "value": {"words": "", "show": "open", "turn": "", "order": "date"} | values}
    )


@pytest.mark.usefixtures("practice")
def test_each_row_leads_to_its_workbook() -> None:
    driver = shown()
    assert names(driver) == ["Bob", "Cy", "Anna"]
    assert f'href="{html.escape(links.page("index", "anna"))}"' in driver.html
    assert "3 days late:" in driver.html
    assert "<b>back" not in driver.html


@pytest.mark.usefixtures("practice")
def test_who_is_due_on_a_day_is_one_press() -> None:
    driver = shown()
    driver.press(clients.calendar.day_name[(today() + dt.timedelta(days=1)).weekday()])
    assert names(driver) == ["Cy"]
    assert "Call &lt;b&gt;back&lt;/b&gt;" in driver.html, "the row says what is due then"
    assert 'aria-pressed="true"' in driver.html
    driver.press(clients.calendar.day_name[(today() + dt.timedelta(days=1)).weekday()])
    assert names(driver) == ["Bob", "Cy", "Anna"], "the same press again shows all"


def cells(driver: Driver) -> dict[str, list[str]]:
    """The dates in each row, with their words, by its name."""
    rows = re.findall(r'<a [^>]*dir="auto">([^<]*)</a>.*?</th>\s*<td[^>]*>(.*?)</td>', driver.html, re.DOTALL)
    said = r"<p><strong>([^<]*)</strong> <span[^>]*>([^<]*)</span></p>"
    return {name: [" ".join(one) for one in re.findall(said, cell)] for name, cell in rows}


def test_table_days_picture_and_command_say_the_same_date(capsys: pytest.CaptureFixture[str]) -> None:
    stored("off", mode="advocate", postponed={"goal goal/kinds": day(1)})
    stored("late", tasks=[{"id": "t1", "what": "Call", "due": day(-2)}], postponed={"goal goal/kinds": day(2)})
    stored("own", tasks=[{"id": "t1", "what": "Hers", "due": day(1), "private": True}], goal={"decide_by": day(5)})
    stored("none")
    driver, tomorrow = shown(), show_day(day(1), short=True)
    found = cells(driver)
    put_off = f"{tomorrow}: Put off until then: Say what the second opinion should do."
    assert found["Off"] == [put_off]
    assert found["Own"] == [f"{tomorrow}: To do: Something to do", f"{show_day(day(5), short=True)}: Decide by"]
    assert (found["Late"], found["None"]) == ([f"{show_day(day(2), short=True)}: " + put_off.partition(": ")[2]], [])
    assert '2 days late:</strong> <span dir="auto">To do: Call' in driver.html
    assert driver.html.count("No date yet") == 1
    assert f"tomorrow, {tomorrow}, put off until then" in driver.html
    assert f"tomorrow, {tomorrow}, to do" in driver.html
    weekday = clients.calendar.day_name[(today() + dt.timedelta(days=1)).weekday()]
    assert f"{weekday}: 2<" in driver.html
    driver.press(f"{weekday}: 2")
    assert cells(driver) == {"Off": [put_off], "Own": found["Own"][:1]}
    assert main(["board", "--due", "tomorrow"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {(line[0], line[1]) for line in lines if line[0] == day(1)} == {(day(1), "tomorrow")}
    assert main(["board"]) == 0
    by_id = {line.split("\t")[2]: line.split("\t")[:2] for line in capsys.readouterr().out.splitlines()}
    assert (by_id["off"], by_id["late"]) == ([day(1), "tomorrow"], [day(-2), "2 days late"])


@given(cases(), st.integers(0, 7))
def test_the_first_date_of_a_row_is_the_first_of_its_picture(case: Case, later: int) -> None:
    now = RULES_DAY + dt.timedelta(days=later)
    line = line_of(case, law.load(), now)
    ahead = [one for one in line.dates if one.due >= now]
    assert list(line.coming[:1]) == ahead[:1]
    assert (line.row.next_date is None) or line.row.next_date in {one.due for one in line.coming}
    assert {*line.coming} <= {*line.dates}
    if ahead and not any(one.due < now and not one.is_event for one in line.dates):
        said = coming([("A", list(line.dates))], now).text
        assert said.endswith(
            f"A: {ahead[0].away}, {show_day(ahead[0].due.isoformat(), short=True)}, "
            f"{ahead[0].short[:1].lower()}{ahead[0].short[1:]}."
        )


@pytest.mark.usefixtures("practice")
def test_the_form_searches_filters_and_sorts() -> None:
    driver = shown()
    look(driver, words="invented ANNA")
    assert names(driver) == ["Anna"]
    assert 'value="invented ANNA"' in driver.html
    look(driver, show="closed")
    assert names(driver) == ["Gone"]
    assert "Closed" in driver.html
    look(driver, order="name")
    assert names(driver) == ["Anna", "Bob", "Cy"]
    look(driver, words="nobody at all")
    assert "No workbook fits." in driver.html


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize(
    "value", [None, 7, {"words": ["a"], "show": {}, "turn": None, "order": 3}, {"words": "x" * 9000}]
)
def test_no_message_breaks_the_page(value: Any) -> None:
    driver = shown()
    for name in ("look", "day", "more"):
        assert driver.ask({"do": "press", "name": name, "value": value})["do"] == "html"


@pytest.mark.usefixtures("practice")
def test_a_case_is_closed_and_opened_again_without_loss() -> None:
    driver = shown()
    before = open_store().read("cy")[1]
    driver.ask({"do": "press", "name": "close", "value": "cy"})
    assert names(driver) == ["Bob", "Anna"]
    assert "To see it again, show the closed ones." in driver.html
    look(driver, show="closed")
    assert names(driver) == ["Cy", "Gone"] or names(driver) == ["Gone", "Cy"]
    driver.ask({"do": "press", "name": "reopen", "value": "cy"})
    after = open_store().read("cy")[1]
    assert {k: v for k, v in after.items() if k != "updated"} == {k: v for k, v in before.items() if k != "updated"}
    assert driver.ask({"do": "press", "name": "close", "value": "nobody"})["do"] in ("trouble", "told")


@pytest.mark.usefixtures("practice")
def test_the_calendar_has_every_date_and_no_persons_word() -> None:
    driver = shown()
    made = driver.press("Download one calendar of all dates")
    assert (made["do"], made["name"]) == ("file", "workbooks.ics")
    text = driver.buffers[-1].decode()
    assert text.count("BEGIN:VEVENT") == 3
    assert not re.search("anna .invented|call|back", text, re.IGNORECASE)
    driver.press("Download these rows")
    assert driver.buffers[-1].decode("utf-8-sig").splitlines()[0].startswith("id,name")


def test_the_first_fifty_rows_come_first_and_the_rest_on_demand() -> None:
    for n in range(60):
        stored(f"c{n}")
    driver = shown()
    assert len(names(driver)) == clients.MOST == 50
    assert "60 workbooks" in driver.html
    driver.press("Show 10 more")
    assert len(names(driver)) == 60


def test_without_any_workbook_it_says_how_to_begin() -> None:
    driver = shown()
    assert "Start one for each person you help." in driver.html
    assert 'href="workbooks.ipynb"' in driver.html
    assert "<table" not in driver.html


def test_a_damaged_store_is_said_in_a_sentence(home: Any) -> None:
    stored("anna")
    for file in home.glob("workbook.db*"):
        file.unlink()
    (home / "workbook.db").write_bytes(b"no database" * 1000)
    driver = shown()
    assert 'role="alert"' in driver.html
    assert 'href="workbooks.ipynb"' in driver.html


# where it is offered


@pytest.mark.usefixtures("practice")
def test_it_is_offered_on_the_first_page_and_with_the_files_once_there_are_several() -> None:
    way = 'href="board.ipynb"'
    assert way in page(wb.home(OpenCase())).html
    assert way in page(wb.workbooks(OpenCase())).html
    assert way in page(wb.home(bound("anna"))).html
    assert way in page(wb.steps(bound("anna"))).html, "an advocate fills this one in"
    assert "board.ipynb" not in page(wb.steps(bound("bob"))).html, "it is on no patient's map"


def test_with_one_workbook_nothing_leads_to_it() -> None:
    stored("anna")
    for widget in (wb.home(bound("anna")), wb.workbooks(OpenCase()), wb.steps(bound("anna"))):
        assert "board.ipynb" not in page(widget).html


def test_the_browser_alone_has_no_such_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "board" in {one.name for one in pages.pages()}
    monkeypatch.setenv("WORKBOOK_APP", "browser")
    assert "board" not in {one.name for one in pages.pages()}


def test_a_public_demo_shows_made_up_workbooks_and_closes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    stored("real")
    stored("made-up", synthetic=True)
    monkeypatch.setenv("WORKBOOK_DEMO_ONLY", "1")
    driver = shown()
    assert names(driver) == ["Made-Up"]
    driver.ask({"do": "press", "name": "close", "value": "made-up"})
    assert [one.row.state for one in board.lines(open_store())] == [""]


def bound(key: str) -> OpenCase:
    handle = OpenCase()
    handle.bind(key)
    return handle


def test_closing_names_the_workbook_and_can_be_undone() -> None:
    store = open_store()
    store.create(Case(id="knee", nickname="<Knee>"))
    store.create(Case(id="hip", nickname="Hip"))
    shown = page(wb.clients(wb.open_case()))
    shown.ask({"do": "press", "name": "close", "value": "knee"})
    assert "“&lt;Knee&gt;” is closed." in shown.html
    assert shown.press("Undo")["do"] == "html"
    assert "“&lt;Knee&gt;” is open again." in shown.html
    assert [row.state for row in store.cases()] == ["", ""]


def test_demo_cases_are_on_the_board_only_while_there_is_nothing_else() -> None:
    from workbook.session import demo

    store = open_store()
    demo.add(store)
    assert {one.row.id for one in board.lines(store)} == demo.IDS == {case.id for case in demo.cases()}
    store.create(Case(id="knee", nickname="Knee"))
    assert [one.row.id for one in board.lines(store)] == ["knee"]


def test_closing_one_of_two_that_are_called_alike_says_whose_it_is() -> None:
    store = open_store()
    for key, name in (("a", "Luis Invented"), ("b", "Maria Invented")):
        store.create(Case.model_validate({"id": key, "nickname": "Prostate", "person": {"name": name}}))
    shown = page(wb.clients(wb.open_case()))
    shown.ask({"do": "press", "name": "close", "value": "b"})
    assert "“Prostate, Maria Invented” is closed." in shown.html


def test_the_list_of_all_says_that_the_demo_cases_are_elsewhere() -> None:
    words = "The demo cases are not in this list."
    store = open_store()
    for case in demo.cases():
        store.create(case)
    driver = shown()
    driver.ask({"do": "press", "name": "look", "value": {"show": "all"}})
    assert words not in driver.html, "there is nothing else, so they are in it"
    store.create(Case(id="hip", nickname="Hip"))
    driver.ask({"do": "press", "name": "look", "value": {"show": "all"}})
    assert words in driver.html
    driver.ask({"do": "press", "name": "look", "value": {"show": "open"}})
    assert words in driver.html
    assert 'They are on this page: <a href="workbooks.ipynb">' in driver.html


def test_a_trial_with_demo_cases_alone_is_not_empty_and_a_board_without_them_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = "The demo cases are not in this list. See them with: workbook list"
    for case in demo.cases():
        open_store().create(case)
    for show in ("open", "all"):
        assert main(["board", "--show", show]) == 0
        said = capsys.readouterr()
        assert len(said.out.splitlines()) == 1 + len(demo.IDS)
        assert words not in said.err
    open_store().create(Case(id="hip", nickname="Hip"))
    assert main(["board"]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert words in said.err


def test_the_patients_first_name_is_beside_the_nickname_wherever_workbooks_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stored("kid", nickname="Kidney mass", mode="advocate", person={"name": "Omar Invented"}, goal={"decide_by": day(3)})
    stored("bo", nickname="Bo's back", mode="advocate", person={"name": "Bo Invented"})
    stored("own", nickname="Knee", person={"name": "Ana Invented"})
    assert sorted(names(shown())) == ["Bo&#39;s back", "Kidney mass, Omar", "Knee, Ana"]
    for listing in (page(wb.home(OpenCase())).html, page(wb.workbooks(OpenCase()).children[0]).html):
        assert "Kidney mass, Omar" in listing
        assert "Knee, Ana" not in listing, "a patient's own list is as it was"
        assert "Invented" not in listing
    for command in ("list", "board", "due"):
        assert main([command]) == 0
        assert "\tKidney mass, Omar\t" in capsys.readouterr().out
    assert "Omar" not in wb.plot.caseload().text, "a picture that hangs on a wall names nobody"
    assert main(["list", "--json"]) == 0
    assert "Omar" not in capsys.readouterr().out


def test_a_workbook_that_cannot_be_read_is_listed_all_the_same(home: Any, capsys: pytest.CaptureFixture[str]) -> None:
    stored("kid", nickname="Kidney mass", mode="advocate", person={"name": "Omar Invented"})
    stored("bad", nickname="Hip", mode="advocate", person={"name": "Bo Invented"})
    with sqlite3.connect(home / "workbook.db") as db:
        db.execute("update cases set body = '{' where id = 'bad'")
    assert main(["list"]) == 0
    assert {line.split("\t")[1] for line in capsys.readouterr().out.splitlines()} == {"Kidney mass, Omar", "Hip"}
    assert "Kidney mass, Omar" in page(wb.workbooks(OpenCase()).children[0]).html
