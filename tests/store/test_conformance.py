"""What every store does, whatever it is made of: a file, the browser's image of one, or a practice's database."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Clock, case, large_case
from workbook.errors import NoSuchCase, StoreTrouble
from workbook.session import Change, Session
from workbook.store import Store
from workbook.store.sqlite import SQLiteStore

HOSTILE = [
    "'; drop table cases; --",
    "%s %(name)s ? :name $1 {0} \\",
    "\x00zero\x07bell",
    "“quotes” 漢字 🙂 עברית",
    "\\u0000 as text",
    "a" * 100_000,
]
Open = Callable[..., Store]


@pytest.fixture(params=["file", "browser", pytest.param("practice", marks=pytest.mark.slow)])
def opened(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens the store again and again, each time as another program would."""
    made: list[Store] = []
    if request.param == "practice":
        practice = request.getfixturevalue("practice")

    def again(clock: Clock | None = None) -> Store:
        if request.param == "practice":
            place = practice.store(clock=clock)
        else:
            place = SQLiteStore(home, **({"now": clock} if clock else {}))
        made.append(place)
        return place

    if request.param == "browser":
        monkeypatch.setenv("WORKBOOK_APP", "browser")
    yield again
    for place in made:
        place.close()


def _texts(place: Store, path: str = "goal.own_words") -> list[tuple[Any, Any]]:
    return [(d["before"], d["after"]) for row in place.history("knee") for d in row.deltas if d["path"] == path]


def _write(page: Session, *texts: str, path: str = "goal.own_words") -> list[str]:
    return [page.apply([Change("put", path, text)]).results[0].undo for text in texts]


def test_a_case_is_there_for_the_next_program(opened: Open) -> None:
    opened().create(case())
    (row,) = opened().cases()
    assert (row.id, row.nickname, row.mode, row.synthetic) == ("knee", "Knee", "self", True)
    version, body = opened().read("knee")
    assert version == opened().version("knee") == 1
    assert body["goal"]["own_words"].startswith("I want to know")


def test_the_last_changed_is_listed_first(opened: Open) -> None:
    clock = Clock()
    place = opened(clock)
    for key in ("a", "b", "c"):
        place.create(case(key))
        clock.forward(minutes=1)
    _write(Session(place, "a"), "New")
    assert [row.id for row in place.cases()] == ["a", "c", "b"]


def test_the_list_says_which_cases_rest(opened: Open) -> None:
    place = opened()
    for key in ("a", "b", "c"):
        place.create(case(key, nickname='"status":"closed"'))
    for key, state in (("a", "closed"), ("b", "paused")):
        Session(place, key).apply([Change("put", "status", state)])
    assert {row.id: row.state for row in place.cases()} == {"a": "closed", "b": "paused", "c": ""}
    assert place.cases()[-1].id == "a", "a closed one is last"


def test_an_id_is_used_once(opened: Open) -> None:
    opened().create(case(goal__own_words="first"))
    with pytest.raises(StoreTrouble, match="here already"):
        opened().create(case(goal__own_words="second"))
    assert opened().read("knee")[1]["goal"]["own_words"] == "first"


@pytest.mark.parametrize("ask", ["read", "version", "kept", "mark_seen", "erase"])
def test_a_case_that_is_not_there(opened: Open, ask: str) -> None:
    opened().create(case())
    with pytest.raises(NoSuchCase):
        getattr(opened(), ask)("nobody")
    assert opened().row("knee", "999999999") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_stored_as_it_is(opened: Open, text: str) -> None:
    place = opened()
    place.create(case())
    page = Session(place, "knee")
    page.apply([Change("put", "goal.own_words", text), Change("put", "nickname", text[:80])])
    stored = Session(opened(), "knee").case
    assert (stored.goal.own_words, stored.nickname) == (page.case.goal.own_words, page.case.nickname)
    assert stored.goal.own_words.replace("\x00", "") == page.get("goal.own_words").replace("\x00", "")


@pytest.mark.parametrize("key", ["' or 1=1 --", "knee'", "*", "../knee", "", "x" * 10_000])
def test_a_forged_id_finds_nothing(opened: Open, key: str) -> None:
    place = opened()
    place.create(case())
    with pytest.raises(NoSuchCase):
        place.read(key)
    with pytest.raises(NoSuchCase):
        place.erase(key)
    assert len(place.cases()) == 1


@pytest.mark.parametrize("token", ["", "-", "1-", "1 or 1=1", "²", "9" * 30, "1;drop"])
def test_a_forged_token_undoes_nothing(opened: Open, token: str) -> None:
    place = opened()
    place.create(case())
    _write(Session(place, "knee"), "New")
    assert place.row("knee", token) is None


def test_two_pages_that_change_different_fields_both_win(opened: Open) -> None:
    opened().create(case())
    one, two = Session(opened(), "knee"), Session(opened(), "knee")
    _write(one, "From one")
    _write(two, "From two", path="visit.note_taker")
    one.refresh()
    assert (one.case.goal.own_words, one.case.visit.note_taker) == ("From one", "From two")


def test_the_later_of_two_learns_what_the_other_wrote(opened: Open) -> None:
    opened().create(case())
    one, two = Session(opened(), "knee"), Session(opened(), "knee")
    seen = one.get("goal.own_words")
    (first,) = one.apply([Change("put", "goal.own_words", "From one", based=seen)]).results
    (second,) = two.apply([Change("put", "goal.own_words", "From two", based=seen)]).results
    assert (first.status, second.status) == ("saved", "overwrote")


def test_an_edit_that_fails_leaves_everything_as_it_was(opened: Open) -> None:
    place = opened()
    place.create(case())

    def edit(stored: Any) -> Any:
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        place.change("knee", "w", edit)
    assert place.version("knee") == 1
    assert place.history("knee") == []
    assert _write(Session(place, "knee"), "New"), "and the next change works"


def test_typing_is_one_row_and_clearing_another(opened: Open) -> None:
    place = opened()
    place.create(case(goal__own_words="Old"))
    _write(Session(place, "knee"), "Old k", "Old kn", "", "x", "xy")
    assert _texts(place) == [("Old", "Old kn"), ("Old kn", ""), ("", "xy")]


def test_each_row_can_be_undone_alone(opened: Open) -> None:
    place = opened()
    place.create(case(goal__own_words="Old"))
    page = Session(place, "knee")
    cleared = _write(page, "New", "")[1]
    _write(page, "My brother", path="visit.note_taker")
    page.undo(cleared)
    assert (page.case.goal.own_words, page.case.visit.note_taker) == ("New", "My brother")


def test_the_history_stays_within_its_limit(opened: Open) -> None:
    clock = Clock()
    place = opened(clock)
    place.create(large_case(20, "knee"))
    page = Session(place, "knee")
    for number in range(60):
        clock.forward(minutes=11)
        _write(page, f"{number} " + "x" * 8_000)
    size = len(str(place.read("knee")[1]))
    assert 5 < len(place.history("knee")) < 60
    assert sum(len(str(row.deltas)) for row in place.history("knee")) < 11 * size
    assert place.kept("knee").begins > page.case.created


def test_when_somebody_last_looked_is_kept(opened: Open) -> None:
    clock = Clock()
    place = opened(clock)
    place.create(case())
    assert place.kept("knee").seen == ""
    clock.forward(minutes=5)
    at = place.mark_seen("knee")
    assert opened(clock).kept("knee").seen == at > place.kept("knee").begins


def test_what_was_worked_out_goes_with_the_next_change(opened: Open) -> None:
    place = opened()
    place.create(case())
    place.keep_derived("today", [("knee", 1, "worked out"), ("nobody", 1, "lost"), ("knee", 7, "of no version")])
    assert opened().derived("today") == {"knee": "worked out"}
    assert opened().derived("tomorrow") == {}
    _write(Session(place, "knee"), "New")
    assert opened().derived("today") == {}


def test_an_erased_case_is_gone_for_everybody(opened: Open) -> None:
    place = opened()
    place.create(case())
    place.create(case("hip"))
    _write(Session(place, "knee"), "New")
    other = Session(opened(), "knee")
    place.erase("knee")
    assert [row.id for row in opened().cases()] == ["hip"]
    with pytest.raises(NoSuchCase):
        _write(other, "Late")
    place.create(case(goal__own_words="Again"))
    assert place.history("knee") == [], "a new one of the same id begins without the old one's history"


def test_notes_only_for_me_come_back_whole(opened: Open) -> None:
    place = opened()
    place.create(case())
    page = Session(place, "knee")
    page.apply([Change("add", "notes", {"id": "n1", "text": "Mine", "visibility": "advocate_private"})])
    page.apply([Change("add", "notes", {"id": "n2", "text": "Ours", "visibility": "clinical_packet"})])
    undo = page.apply([Change("put", "notes.n1.text", "")]).results[0].undo
    page.undo(undo)
    notes = Session(opened(), "knee").case.notes
    assert sorted((n.id, n.text) for n in notes.values()) == [("n1", "Mine"), ("n2", "Ours")]
    page.apply([Change("put", "notes.n1.visibility", "patient")])
    page.apply([Change("remove", "notes.n2")])
    assert [(n.id, n.text) for n in Session(opened(), "knee").case.notes.values()] == [("n1", "Mine")]


def test_many_changes_in_a_row_are_all_there(opened: Open) -> None:
    place = opened()
    place.create(case())
    pages = itertools.cycle([Session(opened(), "knee") for _ in range(3)])
    for number in range(30):
        next(pages).apply([Change("add", "goal.worries", {"id": f"w{number}", "text": str(number)})])
    assert len(Session(opened(), "knee").case.goal.worries) == 30


def test_many_are_read_for_a_list_in_their_order_without_those_that_are_gone(opened: Open) -> None:
    place = opened()
    keys = [f"case-{number}" for number in range(120)]
    for key in keys:
        place.create(case(key))
    _write(Session(place, "case-7"), "New")
    place.erase("case-8")
    found = list(place.read_many([*reversed(keys), "nobody"]))
    assert [key for key, _, _ in found] == [key for key in reversed(keys) if key != "case-8"]
    for key, version, body in found:
        assert (version, body) == place.read(key), key
    assert list(place.read_many([])) == []
