"""Assignment between people: offers, holidays, sharing. Each beside what the others see meanwhile."""

from __future__ import annotations

import datetime as dt
import time
import zoneinfo

import pytest

from tests.builders import case
from tests.days import today
from workbook.errors import NoSuchCase, StoreTrouble
from workbook.session import Change, Session

DAY = dt.timedelta(days=1)


@pytest.fixture
def begun(practice):
    """Ada has a case with a private note."""
    place = practice.store("ada")
    place.create(case(goal__own_words="The shared story"))
    note = {"id": "n1", "text": "What only Ada thinks", "visibility": "advocate_private"}
    Session(place, "knee", "advocate").apply([Change("add", "notes", note)])
    return practice


def _seen(practice, who: str) -> list[str]:
    return [row.id for row in practice.store(who).cases()]


def test_an_offer_that_is_accepted_moves_the_case_without_private_notes(begun) -> None:
    begun.team("ada").offer("knee", "cleo", "On leave from May")
    (offer,) = begun.team("cleo").offers()
    assert (offer.state, offer.from_role, offer.nickname, offer.note) == ("offered", "ada", "Knee", "On leave from May")
    assert (_seen(begun, "cleo"), _seen(begun, "ada")) == ([], ["knee"]), "until then nothing moves"
    assert begun.team("cleo").accept(offer.number) == "knee"
    assert (_seen(begun, "cleo"), _seen(begun, "ada")) == (["knee"], [])
    got = begun.store("cleo").read("knee")
    assert "The shared story" in str(got)
    assert "only Ada" not in str(got)
    assert "only Ada" not in str(begun.store("cleo").history("knee"))
    assert begun.team("ada").offers()[0].state == "accepted"
    assert begun.team("ada").offers()[0].answered is not None
    with pytest.raises(NoSuchCase):
        begun.store("ada").read("knee")


def test_an_offer_that_is_refused_leaves_it_and_says_why(begun) -> None:
    number = begun.team("ada").offer("knee", "cleo")
    begun.team("cleo").refuse(number, "I am full until June")
    assert (_seen(begun, "cleo"), _seen(begun, "ada")) == ([], ["knee"])
    (offer,) = begun.team("ada").offers()
    assert (offer.state, offer.reason) == ("refused", "I am full until June")
    begun.team("ada").offer("knee", "ben")
    begun.team("ada").withdraw(begun.team("ada").offers()[-1].number)
    assert [o.state for o in begun.team("ben").offers()] == ["withdrawn"]
    assert _seen(begun, "ben") == []


@pytest.mark.parametrize(
    ("who", "do", "sentence"),
    [
        ("ben", lambda team: team.accept(1), "no such offer"),
        ("cleo", lambda team: team.accept(999), "no such offer"),
        ("cleo", lambda team: team.withdraw(1), "Only the one it was offered to"),
        ("ada", lambda team: team.accept(1), "Only the one it was offered to"),
        ("ada", lambda team: team.offer("knee", "ben"), "offered to somebody already"),
        ("ada", lambda team: team.offer("hip", "ben"), "not assigned to you"),
        ("ben", lambda team: team.offer("knee", "cleo"), "not assigned to you"),
        ("ada", lambda team: team.offer("knee", "ada"), "no other advocate"),
        ("ada", lambda team: team.offer("knee", "pat"), "no other advocate"),
        ("ada", lambda team: team.offer("knee", "'; drop table cases; --"), "no other advocate"),
        ("ada", lambda team: team.cover("ben", today(), today()), "in your team"),
        ("ada", lambda team: team.cover("cleo", today(), today() - DAY), "before the first"),
        ("ada", lambda team: team.share("knee", "south"), "not in this team"),
        ("ada", lambda team: team.invite("knee", "ben"), "no client of this name"),
    ],
)
def test_what_does_not_fit_is_refused_with_one_sentence(begun, who: str, do, sentence: str) -> None:
    begun.team("ada").offer("knee", "cleo")
    with pytest.raises((StoreTrouble, NoSuchCase), match=sentence) as refused:
        do(begun.team(who))
    assert str(refused.value).count(".") == 1
    assert _seen(begun, "ada") == ["knee"]


def test_an_offer_is_answered_once(begun) -> None:
    number = begun.team("ada").offer("knee", "cleo")
    begun.team("cleo").accept(number)
    for late in (begun.team("cleo").accept, begun.team("cleo").refuse, begun.team("ada").withdraw):
        with pytest.raises(StoreTrouble, match="answered already"):
            late(number)


def test_somebody_who_has_such_an_id_already_gets_another_one(begun) -> None:
    begun.store("cleo").create(case(goal__own_words="Her own knee"))
    number = begun.team("ada").offer("knee", "cleo")
    new = begun.team("cleo").accept(number)
    assert new.startswith("knee-")
    assert sorted(_seen(begun, "cleo")) == sorted(["knee", new])
    assert begun.store("cleo").read(new)[1]["goal"]["own_words"] == "The shared story"
    assert begun.store("cleo").read(new)[1]["id"] == new
    assert begun.store("cleo").read("knee")[1]["goal"]["own_words"] == "Her own knee"


@pytest.mark.parametrize(("first", "last", "sees"), [(-2, -1, False), (-1, 0, True), (0, 3, True), (1, 3, False)])
def test_a_colleague_covers_on_these_days_only(begun, first: int, last: int, sees: bool) -> None:
    begun.team("ada").cover("cleo", today() + first * DAY, today() + last * DAY)
    assert _seen(begun, "cleo") == (["knee"] if sees else [])
    if sees:
        Session(begun.store("cleo"), "knee").apply([Change("put", "visit.note_taker", "Cleo wrote")])
        assert Session(begun.store("ada"), "knee").case.visit.note_taker == "Cleo wrote"
        assert "only Ada" not in str(begun.store("cleo").read("knee"))
    begun.team("ada").end_cover("cleo")
    assert _seen(begun, "cleo") == []
    assert _seen(begun, "ben") == []


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Etc/GMT-14"])
@pytest.mark.parametrize(("off", "sees"), [(-1, False), (0, True), (1, False)])
def test_a_holiday_is_a_day_where_the_one_who_is_away_lives(
    begun, monkeypatch, zone: str, off: int, sees: bool
) -> None:
    """It is never the same day in both of these zones, so it is another day than the database's in one of them."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        away = dt.datetime.now(zoneinfo.ZoneInfo(zone)).date() + off * DAY
        begun.team("ada").cover("cleo", away, away)
        (cover,) = begun.team("cleo").covers() or [None]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert _seen(begun, "cleo") == (["knee"] if sees else [])
    assert (cover is not None) == (off >= 0), "one that is over is not listed"


@pytest.mark.parametrize("year", [1, 9999])
def test_a_year_at_the_end_of_the_calendar_is_one_sentence(begun, year: int) -> None:
    with pytest.raises(StoreTrouble, match="Check the year of both days"):
        begun.team("ada").cover("cleo", dt.date(year, 1, 1), dt.date(year, 12, 31))


def test_a_team_sees_what_is_shared_with_it(begun) -> None:
    begun.team("ada").share("knee", "north")
    assert (_seen(begun, "cleo"), _seen(begun, "ben"), _seen(begun, "pat")) == (["knee"], [], [])
    with pytest.raises(StoreTrouble, match="Only the advocate"):
        begun.store("cleo").erase("knee")
    begun.team("ada").share("knee", "north", shared=False)
    assert _seen(begun, "cleo") == []


def test_each_person_has_their_own_last_look_and_their_own_notes(begun) -> None:
    begun.team("ada").share("knee", "north")
    begun.store("ada").mark_seen("knee")
    assert begun.store("cleo").kept("knee").seen == ""
    note = {"id": "n2", "text": "What only Cleo thinks", "visibility": "advocate_private"}
    Session(begun.store("cleo"), "knee", "advocate").apply([Change("add", "notes", note)])
    assert list(Session(begun.store("cleo"), "knee").case.notes) == ["n2"]
    assert list(Session(begun.store("ada"), "knee").case.notes) == ["n1"]
    begun.store("cleo").keep_derived("today", [("knee", begun.store("cleo").version("knee"), "Cleo's")])
    assert begun.store("ada").derived("today") == {}


def test_a_note_that_becomes_the_clients_is_seen_by_all(begun) -> None:
    begun.team("ada").share("knee", "north")
    Session(begun.store("ada"), "knee", "advocate").apply([Change("put", "notes.n1.visibility", "patient")])
    assert list(Session(begun.store("cleo"), "knee").case.notes) == ["n1"]
    assert "only Ada" not in str(begun.store("cleo").history("knee")), "what was private before stays so"


def test_the_log_names_who_did_what(begun) -> None:
    from workbook.store.postgres.connection import connect
    from workbook.store.postgres.people import log

    begun.team("cleo").accept(begun.team("ada").offer("knee", "cleo"))
    begun.store("cleo").erase("knee")
    with connect(begun.address("rex")) as db:
        found = [(e.who, e.action, e.other) for e in reversed(log(db, case_id="knee"))]
    assert found[:3] == [("ada", "created", ""), ("ada", "opened", ""), ("ada", "changed", "")]
    assert found[-3:] == [("ada", "offered", "cleo"), ("cleo", "accepted", "ada"), ("cleo", "erased", "")]
