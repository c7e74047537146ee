"""The first start is short screens; each can be skipped, and nothing typed on them is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import workbook as wb
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.case import Case, Mode, get
from workbook.store import open_store
from workbook.ui.asking.asked_now import asked_now
from workbook.ui.asking.fields import asks
from workbook.ui.asking.pages import pages
from workbook.ui.voice import Voice

Arrive = Callable[[str], None]


@pytest.fixture
def arrive(monkeypatch: pytest.MonkeyPatch) -> Arrive:
    """Opens the first page at an address, as the app does."""
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/index.ipynb")
    return lambda query: monkeypatch.setenv("QUERY_STRING", query)


def parts() -> list[Driver]:
    """The head, the form and the foot of a screen."""
    return [page(one) for one in wb.home(wb.open_case()).children]


def new() -> str:
    open_store().create(Case(id="knee"))
    return "knee"


@pytest.mark.parametrize(
    ("words", "mode", "next_one"),
    [
        ("For me", "self", "about"),
        ("For someone I care for", "caregiver", "name"),
        ("For a patient I work with", "advocate", "name"),
        ("Skip this question", "self", "about"),
    ],
)
def test_the_first_screen_creates_the_workbook(arrive: Arrive, words: str, mode: str, next_one: str) -> None:
    arrive("")
    told = page(wb.home(wb.open_case())).press(words)
    (row,) = open_store().cases()
    assert row.mode == mode
    assert told == {"do": "go", "href": f"index.ipynb?case={row.id}&start={next_one}"}


def test_for_someone_else_their_name_is_asked_first_and_used_at_once(arrive: Arrive) -> None:
    open_store().create(Case(id="mom", mode=Mode.CAREGIVER))
    arrive("case=mom&start=name")
    head, form, foot = parts()
    assert "Question 2 of 4" in head.html
    assert 'href="index.ipynb?case=mom&amp;start=about" data-checks>Next</a>' in foot.html
    assert foot.press("Skip this question") == {"do": "go", "href": "index.ipynb?case=mom&start=about"}
    assert wb.open_case().case.skipped == {"person.preferred_name": True}
    form.set("What is their first name?", "Rosa")
    assert wb.open_case().case.skipped == {}
    arrive("case=mom&start=about")
    head, _, foot = parts()
    assert "Question 3 of 4" in head.html
    assert 'href="index.ipynb?case=mom&amp;start=name">Back</a>' in foot.html
    arrive("case=mom&start=visit")
    assert "Question 4 of 4" in parts()[0].html


def test_no_question_of_the_pages_says_the_patient_once_the_name_is_known() -> None:
    """Of a caregiver's case; words to read aloud and the answers of a choice are others' or shared."""
    voice = Voice("caregiver", "Rosa")
    said = [voice.say(text) for page_ in pages() for one in asks(page_.marks)
            for text in (one.seen().question, one.seen().hint, one.seen().why)]  # fmt: skip
    assert [text for text in said if "patient" in text.replace("inpatient", "") and "Rosa" not in text] == []


def test_before_a_workbook_the_page_has_no_steps_and_no_messages(arrive: Arrive) -> None:
    arrive("")
    case = wb.open_case()
    shown = page(wb.home(case)).html
    assert "Who is it for?" in shown
    assert "Three things help most" in shown
    assert 'href="workbooks.ipynb">Workbooks and files</a>' in shown
    assert "Step" not in shown
    assert page(wb.steps(case)).html == ""


def test_with_workbooks_they_are_listed_and_the_start_is_behind_one_line(arrive: Arrive) -> None:
    new()
    open_store().create(Case(id="back", nickname="Back"))
    arrive("")
    shown = page(wb.home(wb.open_case())).html
    assert 'href="index.ipynb?case=back" dir="auto">Back</a>' in shown
    assert shown.index("<summary>Start another workbook</summary>") < shown.index("For me")
    assert "Three things" not in shown


def test_two_workbooks_that_would_look_alike_are_told_apart(arrive: Arrive) -> None:
    for key, nickname, name in (("aaaa1111", "Knee", "Ana Example"), ("bbbb2222", "Knee", ""), ("cccc3333", "", "")):
        open_store().create(Case.model_validate({"id": key, "nickname": nickname, "person": {"name": name}}))
    open_store().create(Case(id="dddd4444"))
    arrive("")
    shown = page(wb.home(wb.open_case())).html
    for name in ("Knee, Ana", "Knee", "Workbook without a name (cccc33)", "Workbook without a name (dddd44)"):
        assert f">{name}</a>" in shown


def test_what_it_is_about_becomes_the_name_as_it_is_typed(arrive: Arrive) -> None:
    arrive(f"case={new()}&start=about")
    head, form, foot = parts()
    assert "Question 2 of 3" in head.html
    assert form.set("What is it about?", "Knee")["status"] == "saved"
    assert open_store().cases()[0].nickname == "Knee"
    assert wb.open_case().goal.about == "Knee", "the summary has it, too"
    assert form.set("What is it about?", "Knee, left")["status"] == "saved"
    assert open_store().cases()[0].nickname == "Knee, left"
    assert 'class="wb-button" href="index.ipynb?case=knee&amp;start=date" data-checks>Next</a>' in foot.html
    assert 'href="index.ipynb?case=knee&amp;start=date" data-press="skip" data-value="about">Skip' in foot.html


def test_a_question_that_was_skipped_comes_back_among_what_is_left_open(arrive: Arrive) -> None:
    arrive(f"case={new()}&start=about")
    foot = parts()[2]
    assert foot.press("Skip this question") == {"do": "go", "href": "index.ipynb?case=knee&start=date"}
    assert wb.open_case().skipped == {"goal.about": True}
    shown = page(wb.left_open(wb.open_case())).html
    assert "What is it about?" in shown.partition("No answer yet")[0]


def test_skipping_the_question_about_a_visit_does_not_make_one(arrive: Arrive) -> None:
    arrive(f"case={new()}&start=visit")
    assert parts()[2].press("Skip this question") == {"do": "go", "href": "index.ipynb?case=knee"}
    case = wb.open_case()
    assert not case.visit.appointments
    assert case.skipped == {}


def test_a_name_that_was_chosen_stays(arrive: Arrive) -> None:
    open_store().create(Case(id="knee", nickname="Blue folder"))
    arrive("case=knee&start=about")
    parts()[1].set("What is it about?", "Knee")
    case = wb.open_case()
    assert (case.nickname, case.goal.about) == ("Blue folder", "Knee")


@pytest.mark.parametrize("screen", ["about", "date", "visit"])
def test_the_call_and_the_letter_are_one_press_away(arrive: Arrive, screen: str) -> None:
    arrive(f"case={new()}&start={screen}")
    foot = parts()[2].html
    assert 'href="3-insurance.ipynb?case=knee">Call the insurance plan</a>' in foot
    assert 'href="4-requests.ipynb?case=knee">Ask for missing records</a>' in foot


def test_the_date_is_one_choice_and_then_one_day(arrive: Arrive) -> None:
    arrive(f"case={new()}&start=date")
    head, form, _ = parts()
    for screen in ("treatment", "visit", "decide"):
        assert f'href="index.ipynb?case=knee&amp;start={screen}"' in head.html
    assert 'href="index.ipynb?case=knee">I do not know a date</a>' in head.html
    assert form.told[-1]["do"] == "empty"


@pytest.mark.parametrize(
    ("screen", "words", "path"),
    [
        ("treatment", "What is the date of the surgery or treatment?", "goal.held_slot.on"),
        ("visit", "What is the date of the visit?", "visit.appointments.v-first.start"),
        ("decide", "When do you need to decide?", "goal.decide_by"),
    ],
)
def test_the_day_is_saved_where_it_belongs(arrive: Arrive, screen: str, words: str, path: str) -> None:
    arrive(f"case={new()}&start={screen}")
    form = parts()[1]
    assert form.set(words, "2027-01-15")["status"] == "saved"
    case = wb.open_case()
    assert case.get(path) == "2027-01-15"
    assert parts()[1].values[path] == "2027-01-15", "it is there when someone comes back"


def test_a_day_from_the_start_is_not_asked_again(arrive: Arrive) -> None:
    arrive(f"case={new()}&start=treatment")
    parts()[1].set("What is the date of the surgery or treatment?", "2027-01-15")
    case = wb.open_case().case
    goal = next(p for p in pages() if p.name == "1-goal")
    asked = [one.path for one in asks(asked_now(goal.marks, case)) if one.path.startswith("goal.held_slot")]
    open_ = [path.rpartition(".")[2] for path in asked if not get(case, path)]
    assert open_ == ["state", "what", "where", "cancel_by"]


def test_a_visit_without_a_day_leaves_no_empty_visit(arrive: Arrive) -> None:
    arrive(f"case={new()}&start=visit")
    parts()
    assert not wb.open_case().visit.appointments


def test_in_jupyterlab_the_screens_follow_each_other_in_place() -> None:
    case = wb.open_case()
    head, form, foot = (page(one) for one in wb.home(case).children)
    assert (form.told[-1]["do"], foot.html) == ("empty", "")
    head.press("For someone I care for")
    form.set("What is their first name?", "Rosa")
    foot.press("Next")
    assert next(q for _, q in form.questions())["question"] == "What is it about?"
    form.set("What is it about?", "Knee")
    foot.press("Next")
    assert "Is there a date you know?" in head.html
    head.press("I have to decide by a date")
    assert form.set("When does Rosa need to decide?", "2027-01-15")["status"] == "saved"
    foot.press("Next")
    assert "Do this next" in head.html
    assert (form.told[-1]["do"], foot.html) == ("empty", "")
    assert (case.nickname, case.goal.decide_by) == ("Knee", "2027-01-15")


def test_a_made_up_screen_shows_the_first_page(arrive: Arrive) -> None:
    opened()
    arrive("case=knee&start=<b>x</b>")
    shown = page(wb.home(wb.open_case())).html
    assert "Do this next" in shown
    assert "<b>x" not in shown


def test_a_public_demo_starts_nothing(arrive: Arrive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_DEMO_ONLY", "1")
    arrive("")
    shown = page(wb.home(wb.open_case()))
    assert "data-press" not in shown.html
    assert shown.ask({"do": "press", "name": "start", "value": "self"})["do"] == "trouble"


@pytest.mark.parametrize(("words", "state"), [("Yes", "booked"), ("Not yet", "tentative")])
def test_the_visit_says_whether_it_is_booked(arrive: Arrive, words: str, state: str) -> None:
    arrive(f"case={new()}&start=visit")
    _, form, _ = parts()
    form.set("What is the date of the visit?", "2027-01-14")
    _, spec = form.find("Is it booked?")
    assert {text: code for code, text in spec["options"]}[words] == state
    form.set("Is it booked?", state)
    assert get(wb.open_case().case, "visit.appointments.v-first").state == state


@pytest.mark.parametrize("screen", ["treatment", "visit", "decide"])
def test_a_date_says_what_happens_without_a_year(arrive: Arrive, screen: str) -> None:
    """The year is filled in while the person goes on, so it is said before."""
    arrive(f"case={new()}&start={screen}")
    _, form, _ = parts()
    assert "If you leave out the year" in next(spec["hint"] for _, spec in form.questions() if spec["kind"] == "date")
